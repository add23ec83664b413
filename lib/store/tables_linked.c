/* tables_linked.c -- Xapian, where it is linked with. */
#include "store/tables.h"

extern const struct kzi_xapian kzi_xapian;

const struct kzi_xapian *kzi_xapian_get(kz_error *err)
{
	(void)err;
	return &kzi_xapian;
}
