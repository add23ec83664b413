// million.cc -- the decisions of the index format, measured against what they
// replace, in one interleaved run.
//
//     million match INDEX SAME PLAIN QUERIES     ours against Xapian's BM25
//     million languages INDEX FOLDER QUERIES     one index against seven
//     million phrases INDEX QUERIES              the worst case
//     million loop INDEX QUERIES                 searches only, for a profiler
//
// SAME and PLAIN are databases of xapian_bm25, FOLDER holds LANG.index each.
// Every query is put to every contestant in turn, ROUNDS times, the first of
// which warms up; a query's time is the median of its rounds, in processor time
// of the thread. Prints tables in Markdown.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <xapian.h>

#include "kalauz.h"
#include "stages.h"

namespace {

enum { ROUNDS = 6, HITS = 10, LOOPS = 5 };

struct Ask {
	std::string id, language, text;
};

std::vector<Ask> read_queries(const char *path)
{
	std::ifstream file(path);
	std::vector<Ask> asks;
	std::string line;

	if (!file)
		throw std::runtime_error(std::string("cannot read ") + path);
	while (std::getline(file, line)) {
		size_t a = line.find('\t'), b = line.find('\t', a + 1);

		asks.push_back({ line.substr(0, a),
			line.substr(a + 1, b - a - 1), line.substr(b + 1) });
	}
	return asks;
}

// ---- Times -------------------------------------------------------------

double percentile(std::vector<double> values, double part)
{
	if (values.empty())
		return 0;
	std::sort(values.begin(), values.end());
	size_t at = static_cast<size_t>(part * values.size());
	return values[std::min(at, values.size() - 1)];
}

// What one contestant took: for each query a time of each round.
class Times {
	std::vector<std::vector<double>> rounds;

    public:
	void add(size_t query, uint64_t ns)
	{
		if (rounds.size() <= query)
			rounds.resize(query + 1);
		rounds[query].push_back(ns / 1000.0);
	}

	// A query's median over its rounds, without the first.
	std::vector<double> medians() const
	{
		std::vector<double> all;

		for (const auto &times : rounds)
			all.push_back(percentile(
				{ times.begin() + (times.size() > 1),
					times.end() },
				0.5));
		return all;
	}
};

double mean(const std::vector<double> &values)
{
	double sum = 0;

	for (double value : values)
		sum += value;
	return values.empty() ? 0 : sum / values.size();
}

struct Row {
	std::string name;
	std::vector<double> micros;
};

// Each row against `base`: mean, p50 and p99 in microseconds and as ratios.
void print_table(const std::vector<Row> &rows, const Row &base)
{
	std::printf("| | mean | p50 | p99 | mean ratio | median of ratios |"
		    " p99 ratio |\n|---|---|---|---|---|---|---|\n");
	for (const Row &row : rows) {
		std::vector<double> ratios;

		for (size_t i = 0; i < row.micros.size(); i++)
			ratios.push_back(row.micros[i] / base.micros[i]);
		std::printf("| %s | %.0f | %.0f | %.0f | %.2f | %.2f | %.2f |\n",
			row.name.c_str(), mean(row.micros),
			percentile(row.micros, 0.5),
			percentile(row.micros, 0.99),
			mean(row.micros) / mean(base.micros),
			percentile(ratios, 0.5),
			percentile(row.micros, 0.99) /
				percentile(base.micros, 0.99));
	}
}

// ---- Ours --------------------------------------------------------------

class Kalauz {
	kz_index *index;

    public:
	explicit Kalauz(const std::string &path)
	{
		kz_error error;

		if (kz_index_open(&index, path.c_str(), &error) != KZ_OK)
			throw std::runtime_error(error.message);
	}

	~Kalauz()
	{
		kz_index_close(index);
	}

	Kalauz(const Kalauz &) = delete;
	Kalauz &operator=(const Kalauz &) = delete;

	// Search and walk the hits; returns the processor time.
	uint64_t search(const Ask &ask, bool tells_language, size_t *count)
	{
		kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
		kz_results *results;
		const kz_hit *hit;
		kz_error error;
		size_t bytes = 0;
		uint64_t start;

		options.limit = HITS;
		if (tells_language)
			options.languages = ask.language.c_str();
		kzb_clear();
		start = kzb_now();
		if (kz_search(&results, index, ask.text.data(),
			    ask.text.size(), &options, &error) != KZ_OK)
			throw std::runtime_error(error.message);
		while (kz_results_next(results, &hit, &error) == KZ_OK)
			bytes += hit->text_length + hit->span_count;
		*count = kz_results_count(results);
		kz_results_free(results);
		return kzb_now() - start;
	}
};

// ---- Xapian's BM25 -----------------------------------------------------

struct Parts {
	uint64_t match, data, snippets;
};

Parts search_bm25(const Xapian::Database &database, const Xapian::Query &query,
	const Xapian::Stem *stem)
{
	Parts parts = {};
	size_t bytes = 0;
	uint64_t start = kzb_now();
	Xapian::Enquire enquire(database);

	enquire.set_weighting_scheme(Xapian::BM25Weight(1, 0, 1, 0.75, 0.5));
	enquire.set_query(query);
	Xapian::MSet set = enquire.get_mset(0, HITS);
	parts.match = kzb_now() - start;
	std::vector<std::string> texts;
	for (auto at = set.begin(); at != set.end(); ++at)
		texts.push_back(at.get_document().get_data());
	parts.data = kzb_now() - start;
	for (const std::string &text : texts)
		if (stem)
			bytes += set.snippet(text, text.size(), *stem).size();
	parts.snippets = kzb_now() - start;
	return parts;
}

// The terms that the store was asked just now, as one OR.
Xapian::Query same_terms()
{
	std::vector<Xapian::Query> terms;

	for (size_t i = 0; i < kzb_seen.term_count; i++)
		terms.push_back(Xapian::Query(std::string(
			kzb_seen.terms[i].bytes, kzb_seen.terms[i].length)));
	return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
}

struct Plain {
	Xapian::Stem stem;
	Xapian::QueryParser parser;
};

Plain &plain_of(std::map<std::string, Plain> &all, const std::string &language)
{
	Plain &plain = all[language];

	if (language != "cy" && plain.stem.is_none())
		plain.stem = Xapian::Stem(language);
	plain.parser.set_stemmer(plain.stem);
	plain.parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
	return plain;
}

// ---- (a) ---------------------------------------------------------------

struct Contest {
	Times search, match, search_alone, match_alone;
	Times same_match, same_data, alone_match, alone_data;
	Times plain_match, plain_data, plain_snippets;
	Times stages[KZB_STAGES], search_stages;
};

// The queries that the peers are asked, made from ours beforehand.
struct Prepared {
	Xapian::Query same, alone, plain;
	const Xapian::Stem *stem;
};

struct Rivals {
	Kalauz ours;
	Xapian::Database same, plain;
	std::map<std::string, Plain> parsers;
	std::vector<Prepared> prepared;
};

void prepare(Rivals &rivals, const std::vector<Ask> &asks)
{
	size_t hits;

	for (const Ask &ask : asks) {
		Prepared prepared;
		Plain &plain = plain_of(rivals.parsers, ask.language);

		rivals.ours.search(ask, false, &hits);
		prepared.same = same_terms();
		rivals.ours.search(ask, true, &hits);
		prepared.alone = same_terms();
		prepared.plain = plain.parser.parse_query(ask.text);
		prepared.stem = &plain.stem;
		rivals.prepared.push_back(prepared);
	}
}

void time_ours(Contest &c, Rivals &rivals, const Ask &ask, size_t i)
{
	size_t hits;

	c.search.add(i, rivals.ours.search(ask, false, &hits));
	c.match.add(i, kzb_seen.ns[KZB_MATCH]);
}

void time_ours_alone(Contest &c, Rivals &rivals, const Ask &ask, size_t i)
{
	size_t hits;

	c.search_alone.add(i, rivals.ours.search(ask, true, &hits));
	c.match_alone.add(i, kzb_seen.ns[KZB_MATCH]);
}

void time_same(Contest &c, Rivals &rivals, const Ask &, size_t i)
{
	Parts parts =
		search_bm25(rivals.same, rivals.prepared[i].same, nullptr);

	c.same_match.add(i, parts.match);
	c.same_data.add(i, parts.data);
}

void time_same_alone(Contest &c, Rivals &rivals, const Ask &, size_t i)
{
	Parts parts =
		search_bm25(rivals.same, rivals.prepared[i].alone, nullptr);

	c.alone_match.add(i, parts.match);
	c.alone_data.add(i, parts.data);
}

void time_plain(Contest &c, Rivals &rivals, const Ask &, size_t i)
{
	const Prepared &prepared = rivals.prepared[i];
	Parts parts = search_bm25(
		rivals.plain, prepared.plain, prepared.stem);

	c.plain_match.add(i, parts.match);
	c.plain_data.add(i, parts.data);
	c.plain_snippets.add(i, parts.snippets);
}

void time_stages(Contest &c, Rivals &rivals, const Ask &ask, size_t i)
{
	size_t hits;

	kzb_seen.times_all = 1;
	c.search_stages.add(i, rivals.ours.search(ask, false, &hits));
	kzb_seen.times_all = 0;
	for (int s = 0; s < KZB_STAGES; s++)
		c.stages[s].add(i, kzb_seen.ns[s]);
}

using Turn = void (*)(Contest &, Rivals &, const Ask &, size_t);

// The order turns with the rounds and is never ours after ours: what the one
// before has left in the caches helps nobody.
const Turn turns[] = { time_ours, time_same, time_ours_alone,
	time_same_alone, time_stages, time_plain };
const size_t TURNS = sizeof(turns) / sizeof(turns[0]);

void print_stages(const Contest &contest)
{
	static const char *const names[KZB_STAGES] = { "words", "plan",
		"match", "verify", "rank", "results" };
	double whole = mean(contest.search_stages.medians());
	double known = 0;

	std::printf("\n| step of kz_search | mean | p50 | p99 | share |\n"
		    "|---|---|---|---|---|\n");
	for (int s = 0; s < KZB_STAGES; s++) {
		std::vector<double> micros = contest.stages[s].medians();

		known += mean(micros);
		std::printf("| %s | %.1f | %.1f | %.1f | %.2f |\n", names[s],
			mean(micros), percentile(micros, 0.5),
			percentile(micros, 0.99), mean(micros) / whole);
	}
	std::printf("| else (parse, order, free) | %.1f | | | %.2f |\n",
		whole - known, 1 - known / whole);
}

void print_contest(const Contest &c)
{
	Row base = { "BM25, same terms: match and docdata",
		c.same_data.medians() };
	Row alone = { "BM25, same terms, language told: match and docdata",
		c.alone_data.medians() };
	Row plain = { "BM25, TermGenerator, language told: match and docdata",
		c.plain_data.medians() };
	Row match = { "kzi_store_match: the candidates", c.match.medians() };
	Row search = { "kz_search: top 10, text, highlights",
		c.search.medians() };
	Row match_alone = { "kzi_store_match, language told",
		c.match_alone.medians() };
	Row search_alone = { "kz_search, language told",
		c.search_alone.medians() };

	print_table({ base,
			    { "BM25, same terms: match only",
				    c.same_match.medians() },
			    match, search },
		base);
	std::printf("\n");
	print_table({ alone,
			    { "BM25, same terms, language told: match only",
				    c.alone_match.medians() },
			    match_alone, search_alone },
		alone);
	std::printf("\n");
	print_table({ plain,
			    { "BM25, TermGenerator: match only",
				    c.plain_match.medians() },
			    { "BM25, TermGenerator: match, docdata, snippets",
				    c.plain_snippets.medians() },
			    match, search, match_alone, search_alone },
		plain);
	print_stages(c);
}

int contest(const char *index, const char *same, const char *plain,
	const char *queries)
{
	std::vector<Ask> asks = read_queries(queries);
	Rivals rivals = { Kalauz(index), Xapian::Database(same),
		Xapian::Database(plain), {}, {} };
	Contest contest;

	prepare(rivals, asks);
	for (size_t round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < asks.size(); i++)
			for (size_t t = 0; t < TURNS; t++)
				turns[(round + t) % TURNS](
					contest, rivals, asks[i], i);
	print_contest(contest);
	return 0;
}

// ---- (c) ---------------------------------------------------------------

int languages(const char *index, const char *folder, const char *queries)
{
	std::vector<Ask> asks = read_queries(queries);
	std::map<std::string, std::unique_ptr<Kalauz>> alone;
	Kalauz all(index);
	Times one, told, seven;
	size_t hits;

	for (const Ask &ask : asks)
		if (!alone.count(ask.language))
			alone[ask.language].reset(new Kalauz(
				std::string(folder) + '/' + ask.language +
				".index"));
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < asks.size(); i++) {
			const Ask &ask = asks[i];

			one.add(i, all.search(ask, false, &hits));
			told.add(i, all.search(ask, true, &hits));
			seven.add(i, alone[ask.language]->search(
					     ask, false, &hits));
		}
	Row base = { "an index of the language alone", seven.medians() };
	print_table({ base,
			    { "one index, language told", told.medians() },
			    { "one index, language not told", one.medians() } },
		base);
	return 0;
}

// ---- (d) ---------------------------------------------------------------

int phrases(const char *index, const char *queries)
{
	Kalauz ours(index);

	std::printf("| query | phrase | hits | candidates | verified | match ms"
		    " | whole ms |\n|---|---|---|---|---|---|---|\n");
	for (const Ask &ask : read_queries(queries)) {
		Times whole, match;
		size_t hits = 0;

		for (int round = 0; round < ROUNDS; round++) {
			whole.add(0, ours.search(ask, false, &hits));
			match.add(0, kzb_seen.ns[KZB_MATCH]);
		}
		std::printf("| %s | %s | %zu | %zu | %zu | %.2f | %.2f |\n",
			ask.id.c_str(), ask.text.c_str(), hits,
			kzb_seen.matched, kzb_seen.verified,
			match.medians()[0] / 1000, whole.medians()[0] / 1000);
	}
	return 0;
}

int loop(const char *index, const char *queries)
{
	std::vector<Ask> asks = read_queries(queries);
	Kalauz ours(index);
	size_t hits;

	for (int round = 0; round < LOOPS; round++)
		for (const Ask &ask : asks)
			ours.search(ask, false, &hits);
	return 0;
}

int run(int argc, char **argv)
{
	std::string what = argc > 1 ? argv[1] : "";

	if (what == "match" && argc == 6)
		return contest(argv[2], argv[3], argv[4], argv[5]);
	if (what == "languages" && argc == 5)
		return languages(argv[2], argv[3], argv[4]);
	if (what == "phrases" && argc == 4)
		return phrases(argv[2], argv[3]);
	if (what == "loop" && argc == 4)
		return loop(argv[2], argv[3]);
	std::fprintf(stderr,
		"usage: million match INDEX SAME PLAIN QUERIES\n"
		"       million languages INDEX FOLDER QUERIES\n"
		"       million phrases INDEX QUERIES\n"
		"       million loop INDEX QUERIES\n");
	return 2;
}

} // namespace

int main(int argc, char **argv)
{
	try {
		return run(argc, argv);
	} catch (const Xapian::Error &error) {
		std::fprintf(stderr, "million: %s\n",
			error.get_description().c_str());
	} catch (const std::exception &error) {
		std::fprintf(stderr, "million: %s\n", error.what());
	}
	return 3;
}
