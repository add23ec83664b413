/* facts.c -- version, names of statuses, languages. */
#include "kalauz.h"

#include "text/text.h"

const char *kz_version(void)
{
	return KZI_VERSION;
}

const char *kz_status_string(kz_status status)
{
	switch (status) {
	case KZ_OK:
		return "done";
	case KZ_END:
		return "no more items";
	case KZ_ERR_ARGUMENT:
		return "wrong argument";
	case KZ_ERR_MEMORY:
		return "out of memory";
	case KZ_ERR_IO:
		return "input or output failed";
	case KZ_ERR_NO_INDEX:
		return "no index";
	case KZ_ERR_FORMAT:
		return "index of another version";
	case KZ_ERR_CORRUPT:
		return "index is damaged";
	case KZ_ERR_STALE:
		return "index was replaced";
	case KZ_ERR_NOT_FOUND:
		return "no such passage";
	case KZ_ERR_LANGUAGE:
		return "unknown language";
	case KZ_ERR_INTERNAL:
		return "bug in the library";
	case KZ_ERR_LOCKED:
		return "another writer is at work";
	}
	return "unknown status";
}

const char *kz_language(size_t i)
{
	return i < KZI_LANGUAGES ? kzi_language_tag((int)i) : NULL;
}
