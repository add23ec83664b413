/* dict_en.c -- English base forms; made by the build from en.dic beside this
 * file. */
#include "text/lang.h"

#include "en_dict_tables.h"

const struct kzi_dict kzi_dict_en = { DICT };
