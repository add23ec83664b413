// xapian_search.cc -- Xapian as its documentation shows it, as bench/peers.py
// asks it: QueryParser with the stemmer of the query's language, BM25, the text
// from the document data.
//
//     xapian_search DATABASE text|snippets
//
// DATABASE was made by xapian_bm25 plain; a document's number is its row.
#include <cstdio>
#include <cstring>
#include <string>

#include <xapian.h>

#include "serve.h"

namespace {

struct Context {
	Xapian::Database database;
	bool wants_snippets;
};

void ask(void *at, const char *language, const char *text,
	struct kzb_found *found)
{
	Context &context = *static_cast<Context *>(at);
	Xapian::QueryParser parser;
	Xapian::Enquire enquire(context.database);
	Xapian::Stem stem;

	if (std::strcmp(language, "cy") != 0)
		stem = Xapian::Stem(language);
	parser.set_stemmer(stem);
	parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
	enquire.set_query(parser.parse_query(text));
	Xapian::MSet set = enquire.get_mset(0, KZB_HITS);
	for (auto hit = set.begin(); hit != set.end(); ++hit) {
		std::string data = hit.get_document().get_data();

		if (context.wants_snippets)
			data = set.snippet(data, data.size(), stem);
		kzb_found_row(found, *hit, data.size());
	}
}

} // namespace

int main(int argc, char **argv)
{
	if (argc != 3) {
		std::fprintf(stderr,
			"usage: xapian_search DATABASE text|snippets\n");
		return 2;
	}
	try {
		Context context = { Xapian::Database(argv[1]),
			!std::strcmp(argv[2], "snippets") };

		return kzb_serve(ask, &context);
	} catch (const Xapian::Error &error) {
		std::fprintf(stderr, "xapian_search: %s\n",
			error.get_description().c_str());
	}
	return 3;
}
