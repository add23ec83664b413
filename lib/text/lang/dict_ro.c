/* dict_ro.c -- Romanian base forms; made by the build from Hunspell's
 * dictionary and what ro.forms adds. */
#include "text/lang.h"

#include "ro_dict_tables.h"

const struct kzi_dict kzi_dict_ro = { DICT };
