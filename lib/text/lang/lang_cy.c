/* lang_cy.c -- Welsh. Data only; see lang.h. */
#include "text/lang.h"

const struct kzi_lang kzi_lang_cy = {
	.tag = "cy",
	.stemmer = "",
	.stop_words =
		" a â ac acw achos ag ai allan am amdani amdano amdanyn amdanynt"
		" ambell ar arall ar ôl arna arnaf arnat arni arno arnom arnon"
		" arnyn arnynt at ati ato atom atyn atynt aw bawb beth bellach"
		" ble bod bodd boed bu bues buodd buon buont bwy byddaf byddai"
		" byddan byddant byddem bydden byddent byddi byddwch byddwn bydd"
		" byth chi chwi chithau da dan dim do does doedd dod dros drosodd"
		" drosti drosto drostyn drostynt drwy drwyddi drwyddo dw dwi dy"
		" dydy dydyn dyma dyna dyw e eich ei ein eithaf eithr el er erbyn"
		" eraill ers eto eu fawr fe fel felly fi fo fod fu fuodd fy fyth"
		" fydd fyddai fyddan fyddwn gan ganddi ganddo ganddyn ganddynt"
		" gen gennym gennyf ger gyda gydag hebddo heb hefyd hen heno hi"
		" hithau hon honno hwn hwnnw hwy hwythau hyd hyn hynny i iawn"
		" iddi iddo iddyn iddynt imi inni ichi ill i'r maent mae maen mai"
		" mewn mi mo mod mohono mor mwy myfi n na nac nad naill nag nage"
		" naw nawr ne neb nes neu ni nid nis o oblegid oddi oddeutu"
		" oedd oeddech oeddem oedden oeddent oeddwn oes ohoni ohono"
		" ohonoch ohonom ohonyn ohonynt ond onid os pa pam pan pawb p'un"
		" pe ped pob bob phob pryd pwy r rhag rhai rhwng rhyngddyn"
		" rhyngddynt roedd roedden roeddwn roedd's rwy rwyf rydw rydych"
		" rydym rydyn rŵan sef sut sy sydd syth tan ti titha tra trwy tua"
		" tu un unig unrhyw w wedi wedyn wrth wrtho wrthi wrthyn wrthynt"
		" wyf wyt y ych ychydig ydi ydw ydwyf ydych ydy ydym ydyn ydynt"
		" ydyw yma ymhlith ym yn yna yng yno yntau yr yw u ch th m d ",
	.elisions = "",
	.clitics = " r n m i u w ch th d s ",
	.enclitics = "",
	.proclitics = "",
	.endings = "",
	.probes =
		" cymuned gymuned nghymuned gymunedau tŷ tai plant blant mae'n"
		" i'r Nghaerdydd gweithwyr ysgolion dysgodd môr ",
};
