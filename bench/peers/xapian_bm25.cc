// xapian_bm25.cc -- passages into an ordinary Xapian database, to compare with.
//
//     xapian_bm25 same|plain positions|none DATABASE < passages.tsv
//
// passages.tsv: lang<TAB>text. `same` files the very terms that Kalauz files;
// `plain` does what the Xapian documentation shows (TermGenerator and a
// Snowball stemmer; Welsh, which has none, as it stands). The text goes into
// the docdata. Prints passages, seconds and bytes as a line of TSV. Not part of
// any program of ours.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include <xapian.h>

extern "C" {
#include "text/text.h"
}

namespace {

struct Options {
	bool is_same;
	bool has_positions;
};

// The terms of Kalauz, each with the positions of its words.
class Same {
	struct kzi_analyzer *analyzer = kzi_analyzer_new(64 << 20);
	struct kzi_tokens tokens = {};

    public:
	~Same()
	{
		kzi_tokens_release(&tokens);
		kzi_analyzer_free(analyzer);
	}

	void fill(Xapian::Document &document, const std::string &language,
		const std::string &text, bool has_positions)
	{
		int number =
			kzi_language_find(language.data(), language.size());

		if (number < 0 ||
			!kzi_analyze(analyzer, number, text.data(),
				text.size(), &tokens))
			throw std::runtime_error("cannot analyse " + language);
		for (size_t i = 0; i < tokens.count; i++)
			add(document, tokens.items[i], has_positions);
		kzi_analyzer_trim(analyzer);
	}

    private:
	void add(Xapian::Document &document, const struct kzi_token &token,
		bool has_positions)
	{
		if (!kzi_word_terms(analyzer, token.word))
			throw std::bad_alloc();
		for (int i = 0; i < token.word->term_count; i++) {
			const struct kzi_term &term = token.word->terms[i];
			std::string name(term.bytes, term.length);

			// These have no postings.
			if (term.kind == KZI_PREFIX || term.kind == KZI_ROOT)
				continue;

			if (has_positions)
				document.add_posting(name, token.position + 1);
			else
				document.add_term(name);
		}
	}
};

void fill_plain(Xapian::Document &document, const std::string &language,
	const std::string &text, bool has_positions)
{
	Xapian::TermGenerator generator;

	if (language != "cy")
		generator.set_stemmer(Xapian::Stem(language));
	generator.set_document(document);
	if (has_positions)
		generator.index_text(text);
	else
		generator.index_text_without_positions(text);
}

size_t index_all(Xapian::WritableDatabase &database, const Options &options)
{
	Same same;
	std::string line;
	size_t count = 0;

	while (std::getline(std::cin, line)) {
		size_t tab = line.find('\t');
		std::string language = line.substr(0, tab);
		std::string text = line.substr(tab + 1);
		Xapian::Document document;

		if (options.is_same)
			same.fill(document, language, text,
				options.has_positions);
		else
			fill_plain(document, language, text,
				options.has_positions);
		document.set_data(text);
		database.add_document(document);
		count++;
	}
	database.commit();
	return count;
}

uintmax_t size_of(const char *folder)
{
	uintmax_t bytes = 0;

	for (const auto &entry : std::filesystem::directory_iterator(folder))
		bytes += entry.file_size();
	return bytes;
}

int run(const Options &options, const char *path)
{
	auto start = std::chrono::steady_clock::now();
	size_t count;

	std::ios::sync_with_stdio(false);
	{
		Xapian::WritableDatabase database(
			path, Xapian::DB_CREATE_OR_OVERWRITE);
		count = index_all(database, options);
	}
	std::chrono::duration<double> seconds =
		std::chrono::steady_clock::now() - start;
	std::printf("%zu\t%.1f\t%ju\n", count, seconds.count(), size_of(path));
	return 0;
}

} // namespace

int main(int argc, char **argv)
{
	if (argc != 4) {
		std::fprintf(stderr,
			"usage: xapian_bm25 same|plain positions|none DATABASE"
			" < passages.tsv\n");
		return 2;
	}
	try {
		return run({ !std::strcmp(argv[1], "same"),
				   !std::strcmp(argv[2], "positions") },
			argv[3]);
	} catch (const Xapian::Error &error) {
		std::fprintf(stderr, "xapian_bm25: %s\n",
			error.get_description().c_str());
	} catch (const std::exception &error) {
		std::fprintf(stderr, "xapian_bm25: %s\n", error.what());
	}
	return 3;
}
