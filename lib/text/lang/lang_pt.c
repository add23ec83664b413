/* lang_pt.c -- Portuguese, European and Brazilian. Data only; see lang.h. */
#include "text/lang.h"

const struct kzi_lang kzi_lang_pt = {
	.tag = "pt",
	.stemmer = "portuguese",
	.dict = &kzi_dict_pt,
	.stop_words =
		" a à ainda além alguém algum alguma algumas alguns ambos ante"
		" antes ao aonde aos apenas após aquela aquelas aquele aqueles"
		" aquilo as às até através cada com como conforme contra contudo"
		" cuja cujas cujo cujos d da daquela daquele das de dela delas"
		" dele deles depois desde dessa desse desta deste disso disto do"
		" dos durante e é ela elas ele eles em embora enquanto então"
		" entre era eram és essa essas esse esses esta está estamos estão"
		" estar estas estava estavam este estes esteve eu foi foram for"
		" fora fosse fossem fui há isso isto já la lá lhe lhes lo logo"
		" mais mas me mesma mesmas mesmo mesmos meu meus mim minha minhas"
		" muita muitas muito muitos na nada não naquela naquele nas nem"
		" nenhum nenhuma nessa nesse nesta neste ninguém nisso nisto no"
		" nos nós nossa nossas nosso nossos num numa o onde ora os ou"
		" outra outras outro outros para pela pelas pelo pelos per"
		" perante pode podem pois por porém porque porquê portanto pouca"
		" poucas pouco poucos qual quais qualquer quando quanta quantas"
		" quanto quantos que quê quem quer se sem sempre sendo ser será"
		" serão seu seus si sido só sob sobre sua suas sou são somos tal"
		" também tampouco te tem têm temos tendo tenho ter teu teus teve"
		" ti tido tinha tinham toda todas todo todos tu tua tuas tudo um"
		" uma umas uns vai vão vocês você vos vós vossa vosso ",
	.elisions = " d l n m t ",
	.clitics = "",
	.enclitics =
		" me te se lhe lhes nos vos o a os as lo la los las no na nas"
		" mo ma mos mas to ta tos tas lho lha lhos lhas ",
	.proclitics = "",
	/* The tense of a future or conditional cut in two: falar-se-á. */
	.endings = " ei á ás ão emos eis ia ias íamos íeis iam ",
	.probes =
		" comunidades corações aprendê-lo falar-se-á disse-lhe acção"
		" projectos segunda-feira educação avós aldeias participação"
		" vamo-nos agostos ",
};
