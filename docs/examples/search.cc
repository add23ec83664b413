// c++ search.cc $(pkg-config --cflags --libs kalauz) && ./a.out INDEX QUERY
//
// What the library gives, an owner frees; what fails, throws. Nothing else is
// between a C++ program and the C header.
#include <kalauz.h>

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

struct Error : std::runtime_error {
	kz_status status;
	explicit Error(const kz_error &error)
	    : std::runtime_error(error.message), status(error.status)
	{
	}
};

class Index {
	std::unique_ptr<kz_index, decltype(&kz_index_close)> index;

    public:
	explicit Index(const std::string &path) : index(nullptr, kz_index_close)
	{
		kz_index *opened;
		kz_error error;

		if (kz_index_open(&opened, path.c_str(), &error) != KZ_OK)
			throw Error(error);
		index.reset(opened);
	}

	// Call `visit(const kz_hit &)` for each hit, best first.
	template <typename Visit>
	void search(const std::string &query, kz_search_options options,
		Visit visit)
	{
		kz_results *found;
		const kz_hit *hit;
		kz_error error;

		if (kz_search(&found, index.get(), query.data(), query.size(),
			    &options, &error) != KZ_OK)
			throw Error(error);
		std::unique_ptr<kz_results, decltype(&kz_results_free)> results(
			found, kz_results_free);
		kz_status status;
		while ((status = kz_results_next(found, &hit, &error)) == KZ_OK)
			visit(*hit);
		if (status != KZ_END)
			throw Error(error);
	}
};

// The text with its matches in brackets: "a [school] in winter".
std::string marked(const kz_hit &hit)
{
	std::string text(hit.text, hit.text_length);

	for (size_t i = hit.span_count; i-- > 0;) {
		text.insert(hit.spans[i].offset + hit.spans[i].length, "]");
		text.insert(hit.spans[i].offset, "[");
	}
	for (char &byte : text)
		if (byte == '\n')
			byte = ' ';
	return text;
}

} // namespace

int main(int argc, char **argv)
try {
	if (argc != 3)
		throw std::runtime_error("usage: search INDEX QUERY");
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	options.limit = 3;
	Index(argv[1]).search(argv[2], options, [](const kz_hit &hit) {
		std::cout << hit.id << '\t' << hit.title << '\t' << marked(hit)
			  << '\n';
	});
} catch (const std::exception &error) {
	std::cerr << error.what() << '\n';
	return 1;
}
