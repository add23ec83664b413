/* lang_it.c -- Italian. Data only; see lang.h. */
#include "text/lang.h"

const struct kzi_lang kzi_lang_it = {
	.tag = "it",
	.stemmer = "italian",
	.dict = &kzi_dict_it,
	.is_dict_small = 1,
	.stop_words =
		" a abbia abbiamo abbiano ad adesso agli ai al alcuna alcune"
		" alcuni alcuno alla alle allo allora altra altre altri altro"
		" anche ancora avere aveva avevano avuto c che chi chiunque ci"
		" ciascuna ciascuno ciò co coi col come comunque con così cosa"
		" cui d da dagli dai dal dall dalla dalle dallo degli dei del"
		" dell della delle dello dentro di dopo dove dov dovunque due e"
		" è ebbe ecco ed egli ella era erano essa esse essere essi esso"
		" fa fino fra fu furono gli ha hai hanno ho i il in io invece l"
		" la le lei li lo loro lui m ma mai me meno mentre mi mia mie"
		" miei mio molta molte molti molto n ne negli nei nel nell nella"
		" nelle nello nessun nessuna nessuno niente no noi non nostra"
		" nostre nostri nostro nulla o od ogni ognuno oltre or ora oppure"
		" per perché perciò però più poco poi poiché prima proprio pur"
		" pure qual quale quali qualche qualcosa qualcuno quando quant"
		" quanta quante quanti quanto quasi quel quell quella quelle"
		" quelli quello quest questa queste questi questo qui quindi s"
		" sarà saranno se sé sebbene sei sempre senza si sia siamo siano"
		" siete solo sono sopra sotto stata state stati stato stessa"
		" stesse stessi stesso su sua sue sugli sui sul sull sulla sulle"
		" sullo suo suoi t ti tra tranne troppo tu tua tue tuo tuoi tutta"
		" tutte tutti tutto un una uno v va verso vi voi vostra vostre"
		" vostri vostro po ",
	.elisions =
		" l un d c dell all dall nell sull coll dagl degl agl negl quell"
		" quest bell sant m t s v n gl senz tutt mezz com dov cos quant"
		" anch nient grand buon nessun alcun ciascun qualcun qual pover"
		" vent trent ",
	.clitics = "",
	.enclitics = "",
	.proclitics = "",
	.endings = "",
	.probes =
		" comunità dell'esperienza l'apprendimento punirlo insegnamenti"
		" città scuole partecipare volontariato amiche più partecipanti"
		" aprono laghi cantieri ospiti viaggio parlai bellissime telefono"
		" veniva esperti scrittrice militare ",
};
