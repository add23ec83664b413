// copy_filters.cc -- see copy_filters.hh.
//
// Postings lie by term and are wanted by passage, so they are turned round in
// memory, for so many passages at a time as take some megabytes.
#include "store/copy_filters.hh"

#include <algorithm>
#include <vector>

namespace {

const double BYTES_AT_A_TIME = 64 << 20;
const double MOST_AT_A_TIME = 1 << 20;

// A term takes so much of Turned beside its bytes.
const size_t AROUND = 2;

// How many passages at a time, by what they take on the average.
Xapian::docid count_at_a_time(const Xapian::Database &from)
{
	Xapian::TermIterator end = from.allterms_end("_");
	double bytes = 1;

	for (auto at = from.allterms_begin("_"); at != end; ++at)
		bytes += static_cast<double>((*at).size() + AROUND) *
			at.get_termfreq();
	double count = BYTES_AT_A_TIME / bytes * from.get_doccount();

	return static_cast<Xapian::docid>(
		std::min(std::max(count, 1.0), MOST_AT_A_TIME));
}

// The terms of passages first to last, each a length, its bytes and its impact.
class Turned {
	const Xapian::Database &from;
	Xapian::docid first, last;
	std::vector<std::string> terms;

	void take(const std::string &term)
	{
		Xapian::PostingIterator end = from.postlist_end(term);
		Xapian::PostingIterator at = from.postlist_begin(term);

		if (at != end)
			at.skip_to(first);
		for (; at != end && *at <= last; ++at) {
			std::string &to = terms[*at - first];

			to += static_cast<char>(term.size());
			to += term;
			to += static_cast<char>(at.get_wdf());
		}
	}

    public:
	Turned(const Xapian::Database &from_, Xapian::docid first_,
		Xapian::docid last_)
	    : from(from_), first(first_), last(last_),
	      terms(last_ - first_ + 1)
	{
		Xapian::TermIterator end = from.allterms_end("_");

		for (auto at = from.allterms_begin("_"); at != end; ++at)
			take(*at);
	}

	Xapian::Document document(Xapian::docid passage) const
	{
		const std::string &bytes = terms[passage - first];
		Xapian::Document document;

		for (size_t at = 0; at < bytes.size();) {
			size_t length = static_cast<unsigned char>(bytes[at]);
			const std::string term(bytes, at + 1, length);

			at += 1 + length;
			document.add_term(term,
				static_cast<unsigned char>(bytes[at++]));
		}
		return document;
	}
};

void copy_metadata(const Xapian::Database &from, Xapian::WritableDatabase &to)
{
	Xapian::TermIterator end = from.metadata_keys_end();

	for (auto at = from.metadata_keys_begin(); at != end; ++at)
		to.set_metadata(*at, from.get_metadata(*at));
}

} // namespace

void kzi::copy_filters(const Xapian::Database &from, const Removed &removed,
	const std::string &to)
{
	Xapian::WritableDatabase living(to,
		Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_TERMLIST |
			Xapian::DB_BACKEND_GLASS);
	Xapian::PostingIterator end = from.postlist_end("");
	Xapian::PostingIterator at = from.postlist_begin("");

	const Xapian::docid most = count_at_a_time(from);

	copy_metadata(from, living);
	while (at != end) {
		Xapian::docid left = from.get_lastdocid() - *at;
		Xapian::docid last = *at + std::min(left, most - 1);
		const Turned turned(from, *at, last);

		for (; at != end && *at <= last; ++at)
			if (!removed.has(*at))
				living.replace_document(
					*at, turned.document(*at));
	}
	living.commit();
}
