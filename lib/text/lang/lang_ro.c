/* lang_ro.c -- Romanian, with ș and ț (comma below). Data only; see lang.h. */
#include "text/lang.h"

const struct kzi_lang kzi_lang_ro = {
	.tag = "ro",
	.stemmer = "romanian",
	.dict = &kzi_dict_ro,
	.stop_words =
		" a abia acea aceasta această aceea aceeași acei aceia acel acela"
		" același acele acelea acelor acest acesta aceste acestea acestei"
		" acestor acestora acestui acești aceștia acolo acum adică ai"
		" aici al ale alt alta altă altceva alte altele altfel alți alții"
		" altul am anume apoi ar are as asemenea asta astfel asupra"
		" atare atât atâta atâtea atunci au avea avem aveți avut aș ați"
		" ba bine că cam când care căreia cărora cărui căruia cât câte"
		" câți câtva ce cea ceea cei cel cele celor ceva cine cineva"
		" către cu cui cum cumva da dacă dar dată de deasupra deci decât"
		" deja deși despre din dinspre dintr dintre doar după ea ei el"
		" ele era erau este eu fără face fi fie fiecare fiind foarte"
		" fost fără i ia iar îi îl îmi împotriva în înainte înaintea"
		" încă încât înspre între întru într își îți la le li lor lui"
		" mai mi mea mele mei meu mie mine mult multă multe mulți n"
		" nici nicio niciun nimeni nimic niște noastră noastre noi nostru"
		" noștri nu numai o or ori oricare orice oricine oricum pe"
		" pentru peste pot poate prea prin printr s sa să săi sale sau"
		" se si sine spre sub sunt suntem său te ți ție tine toată toate"
		" tot toți totuși tu tuturor un una unde unei unele uneori unii"
		" unor unora unu unui unul va vă vei voastră voi vom vor vostru"
		" voștri vreo vreun și și-a unde ",
	.elisions = " n s ",
	.clitics = "",
	.enclitics =
		" l i le o mi ți și vă ne se te mă ul ului uri urile urilor"
		" lui a ei ii ilor le lor ",
	.proclitics =
		" s m n i l v c d ne te le mi ți și își dă nu de să ce într"
		" dintr printr c-un ș p ca să-i ",
	.endings =
		" ul ului uri urile urilor a ei i ii ilor le lor lui uri lea ",
	.probes =
		" comunități comunitățile comunităţi învățământ școală pîine"
		" browser-ul într-o s-au oamenilor socialiști bibliotecile"
		" ducându-se ",
};
