/* lang_en.c -- English. Data only; see lang.h. */
#include "text/lang.h"

const struct kzi_lang kzi_lang_en = {
	.tag = "en",
	.stemmer = "english",
	.dict = &kzi_dict_en,
	.is_dict_small = 1,
	.stop_words =
		" a about above after again against all also am an and any are"
		" as at be because been before being below between both but by"
		" can could did do does doing don down during each either few"
		" for from further get gets got had has have having he her here"
		" hers herself him himself his how however i if in into is it"
		" its itself just ll may me might more most much must my myself"
		" neither no nor not now of off on once only or other others our"
		" ours ourselves out over own re same shall she should so some"
		" such than that the their theirs them themselves then there"
		" these they this those through to too under until up upon us"
		" ve very was we were what when where whether which while who"
		" whom whose why will with within without would you your yours"
		" yourself yourselves didn't doesn't don't isn't wasn't weren't"
		" can't cannot couldn't won't wouldn't shouldn't hasn't haven't"
		" hadn't aren't ",
	.elisions = " o d l ",
	.clitics = " s d ll re ve m t ",
	.enclitics = "",
	.proclitics = "",
	.endings = "",
	.probes =
		" communities community's running ran happily partnerships"
		" e-mail organisations relational national knowledge studies"
		" women didn't learners ",
};
