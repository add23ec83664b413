// copy_bare.cc -- see copy_bare.hh.
#include "store/copy_bare.hh"

static void copy_metadata(
	const Xapian::Database &from, Xapian::WritableDatabase &to)
{
	Xapian::TermIterator end = from.metadata_keys_end();

	for (auto at = from.metadata_keys_begin(); at != end; ++at)
		to.set_metadata(*at, from.get_metadata(*at));
}

void kzi::copy_bare(const Xapian::Database &from, const Removed &removed,
	const std::string &to)
{
	Xapian::WritableDatabase bare(to,
		Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_TERMLIST |
			Xapian::DB_BACKEND_GLASS);
	Xapian::PostingIterator end = from.postlist_end("");

	copy_metadata(from, bare);
	for (auto at = from.postlist_begin(""); at != end; ++at)
		if (!removed.has(*at))
			bare.replace_document(*at, Xapian::Document());
	bare.commit();
}
