/* lang_hu.c -- Hungarian. Data only; see lang.h. */
#include "text/lang.h"

const struct kzi_lang kzi_lang_hu = {
	.tag = "hu",
	.stemmer = "hungarian",
	.dict = &kzi_dict_hu,
	.stop_words =
		" a abba abban abból ahhoz ahogy ahol ahová aki akik akit akkor"
		" alatt alá amely amelyek amelyet amennyi ami amik amikor amit"
		" amíg annak arra arról attól az azok azon azonban azt aztán"
		" azzal azért be bele belőle benne csak de e ebbe ebben ebből"
		" egy egyik egyéb el ellen elég elő előtt elől emiatt ennek"
		" erre erről és ettől ez ezek ezen ezt ezzel ezért fel felé fog"
		" föl hanem hány hányan hányszor ha hisz hiszen hogy hogyan hol"
		" honnan hova hová ide igen így is itt jobban kell kellett ki"
		" kiket kik kit kinek kivel kívül köré körül közben között közé"
		" le lehet lehetett lenne lesz lett ma maga magát majd már más"
		" másik meg mely melyek melyik melyiket mellett mennyi mert mi"
		" miatt mibe miben miből mié miért mik miket mikor milyen"
		" milyenek mind mindig minek mint mintha mire miről mit mitől"
		" mivel most nagyon ne nekem neki nekik nem nincs nincsen nélkül"
		" ő ők őket olyan ott össze pedig rá s se sem semmi sok sokkal"
		" szerint számára tehát ti több tovább túl úgy ugye után utána"
		" vagy vagyis vagyok valaki valami van vannak volna volt voltak"
		" való vele vissza viszont ",
	.elisions = "",
	.clitics = "",
	.enclitics = " e ",
	.proclitics = "",
	.endings =
		" a ai ak an as at ba ban be ben ból ből e ed edik ei ek ekben"
		" el en es et ett ért i ig ik ikán ikén ja jai je jei k kal ként"
		" kor ka ke kel ket kén kán ko la lel m mal mel n na nak nál né"
		" nek nel nél ok on os ot ott ök ön ös öt ra ral re rel ról ről"
		" s sal sel szor szer ször t tal tel től tól ul ul ül ultól val"
		" vel zal zel án ás át ával éig én és ét ével é ért ám óta hoz"
		" hez höz jén ján jét ját jára jére jától jétől jéig jáig i-a"
		" os-as as-ban es-ben as-ok es-ek ban-ben ",
	.probes =
		" közösségekben könyveket fák tanulóközösség iskolák 1991-ben"
		" EU-ban tudom-e gyermekeknek kőművesek házaitok szövetkezet"
		" önkormányzattal mutatta ",
};
