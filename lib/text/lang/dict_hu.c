/* dict_hu.c -- Hungarian base forms; made by the build from Hunspell's
 * dictionary and what hu.forms adds. */
#include "text/lang.h"

#include "hu_dict_tables.h"

const struct kzi_dict kzi_dict_hu = { DICT };
