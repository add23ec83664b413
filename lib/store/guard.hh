// guard.hh -- the one place where exceptions end.
//
// Every extern "C" function of lib/store is noexcept and runs its body in
// guarded(): what Xapian throws becomes a status and a message, so nothing
// ever unwinds through C.
#ifndef KZI_GUARD_HH
#define KZI_GUARD_HH

#include <cstring>
#include <exception>
#include <new>

#include <xapian.h>

extern "C" {
#include "base/error.h"
}

namespace kzi {

// What each class of Xapian's means here, and what to do about it. The last row
// is for the rest: a call of ours that Xapian did not expect.
struct Meaning {
	const char *type;
	kz_status status;
	const char *remedy;
};

inline const Meaning *meaning_of(const char *type) noexcept
{
	static const char again[] = "index again with --rebuild";
	static const Meaning meanings[] = {
		{ "DatabaseModifiedError", KZ_ERR_STALE, "open it again" },
		{ "DatabaseLockError", KZ_ERR_LOCKED,
			"wait until the other writer is done" },
		{ "DatabaseVersionError", KZ_ERR_FORMAT, again },
		{ "DatabaseOpeningError", KZ_ERR_CORRUPT, again },
		{ "DatabaseNotFoundError", KZ_ERR_CORRUPT, again },
		{ "DatabaseCorruptError", KZ_ERR_CORRUPT, again },
		{ "DocNotFoundError", KZ_ERR_CORRUPT, again },
		{ "RangeError", KZ_ERR_CORRUPT, again },
		{ "DatabaseError", KZ_ERR_CORRUPT, again },
		{ nullptr, KZ_ERR_INTERNAL, "please report this" },
	};
	const Meaning *at = meanings;

	while (at->type && std::strcmp(at->type, type))
		at++;
	return at;
}

inline kz_status fail_xapian(
	kz_error *err, const char *path, const Xapian::Error &error) noexcept
{
	const char *reason = error.get_error_string();
	const Meaning *meaning = meaning_of(error.get_type());

	// With a reason of the system's it is not the bytes that are wrong.
	if (reason && !std::strcmp(error.get_type(), "DatabaseError"))
		return kzi_fail(err, KZ_ERR_IO,
			"%s: %s: %s; check disk and rights", path,
			error.get_msg().c_str(), reason);
	return kzi_fail(err, meaning->status, "%s: %s%s%s; %s", path,
		error.get_msg().c_str(), reason ? ": " : "",
		reason ? reason : "", meaning->remedy);
}

// Run `body`, which returns a kz_status. `path` names the index in messages.
template <typename Body>
kz_status guarded(const char *path, kz_error *err, Body &&body) noexcept
{
	try {
		return body();
	} catch (const Xapian::Error &error) {
		return fail_xapian(err, path, error);
	} catch (const std::bad_alloc &) {
		return kzi_fail_memory(err);
	} catch (const std::exception &error) {
		return kzi_fail(err, KZ_ERR_INTERNAL, "%s: %s", path,
			error.what());
	} catch (...) {
		return kzi_fail(err, KZ_ERR_INTERNAL,
			"%s: an unknown exception", path);
	}
}

} // namespace kzi

#endif
