/* lang_ca.c -- Catalan. Data only; see lang.h. */
#include "text/lang.h"

const struct kzi_lang kzi_lang_ca = {
	.tag = "ca",
	.stemmer = "catalan",
	.dict = &kzi_dict_ca,
	.stop_words =
		" a abans ací ah això al algú alguna algunes alguns als altra"
		" altre altres amb ambdós anar aquell aquella aquelles aquells"
		" aquest aquesta aquestes aquests aquí així bé ben cada cadascú"
		" cadascun cap com contra d dalt de del dels des després dins"
		" dintre doncs durant e el ell ella elles ells els em en encara"
		" ens entre era eren eres es és esta està estan estar estat"
		" estava et etc ets fa feia fer fins fou gaire ha han has hauria"
		" havia he hem heu hi ho i igual iguals ja jo l la les li llarg"
		" llavors lo los ls m ma mal malgrat mateix mateixa mateixes"
		" mateixos me mentre meu meus meva meves mi molt molta moltes"
		" molts mon n na ne ni no nogensmenys només nosaltres nostra"
		" nostre nostres ns o oh oi on pas per per què perquè però poc"
		" poca poques pocs podem poden poder podria poseu potser pot"
		" puc qual quals qualsevol quan quant quanta quantes quants què"
		" que quelcom qui quin quina quines quins s sa sabem sap se"
		" segons sense ser serà seu seus seva seves si sí sia sigui sino"
		" sinó sobre sóc soc som són sota sou sovint t ta també tampoc"
		" tan tant tanta tantes tants te tenim tens teu teus teva teves"
		" ti tot tota totes tothom tots tu u un una unes uns us va vaig"
		" van vas vem vers vos vosaltres vostra vostre vostres ",
	.elisions = " l d s n m t ",
	.clitics = " l ls n m t ns s us hi ho ",
	.enclitics =
		" se ho hi ne lo la li los les me te nos vos us en el els em"
		" et ens ",
	.proclitics = "",
	.endings = "",
	.probes =
		" col·laboratiu l'aprenentatge dies setmanes treballs plans"
		" formació venjar-se'n parlàvem associacions barceloní escoles ",
};
