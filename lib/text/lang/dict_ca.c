/* dict_ca.c -- Catalan base forms; made by the build from Hunspell's
 * dictionary and what ca.forms adds. */
#include "text/lang.h"

#include "ca_dict_tables.h"

const struct kzi_dict kzi_dict_ca = { DICT };
