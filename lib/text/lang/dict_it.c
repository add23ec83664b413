/* dict_it.c -- Italian base forms; made by the build from it.dic beside this
 * file. */
#include "text/lang.h"

#include "it_dict_tables.h"

const struct kzi_dict kzi_dict_it = { DICT };
