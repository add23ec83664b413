/* dict_pt.c -- Portuguese base forms; made by the build from Hunspell's
 * dictionary and what pt.forms adds. */
#include "text/lang.h"

#include "pt_dict_tables.h"

const struct kzi_dict kzi_dict_pt = { DICT };
