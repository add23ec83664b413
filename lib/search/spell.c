/* spell.c -- the words of the index that are nearest to a word.
 *
 * The sketches rule most words out: each letter that one word has and the other
 * has not takes an edit. For the rest the edit distance (Damerau 1964,
 * Levenshtein 1965) is worked out row by row, and left as soon as it is too
 * large. Letters are compared, not bytes. What people do often costs less than
 * what they do seldom:
 *
 *     közöség     közösség     a letter that stands twice        7
 *     kozosseg    közösség     three accents                     6
 *     vomunità    comunità     a key beside the right one        8
 *     comnuità    comunità     two letters changed places        8
 *     comuxnità   comunità     any other edit                   10
 *
 * Of words equally far the one in more passages comes first. */
#include "search/suggest.h"

#include <string.h>

#include "base/utf8.h"

enum {
	EDIT = 10,
	KEY = 8,
	SWAP = 8,
	DOUBLE = 7,
	ACCENT = 2,

	LETTERS_MOST = KZI_VOCABULARY_WORD_MOST, /* Of a word; as bytes. */
	/* Two edits and two accents; one edit for words of four and five
	 * letters; accents alone for shorter ones. Short words have too many
	 * neighbours: two edits make any word of another. */
	LIMIT = 2 * EDIT + 2 * ACCENT,
	LIMIT_SHORT = EDIT + 2 * ACCENT,
	LIMIT_SHORTER = 2 * ACCENT,
	SHORT_LEAST = 4,
	SHORT_MOST = 5,
	FAR = 100, /* More than any limit, and a sum of them fits. */
	/* A word in 2^n passages is as good as one n / 2 nearer. */
	BONUS_MOST = 8
};

struct letter {
	uint16_t code; /* Letters beyond 16 bits are one unknown letter. */
	uint16_t base; /* Without its accent. */
	int8_t column; /* On the keyboard, in halves; -1: not there. */
	int8_t row;
	uint8_t gap;   /* Cost of a word that has it and one that has not. */
};

/* Row i, column j: the cost of making the first i letters of the word at hand
 * out of the first j of the typed one. Columns are shifted by one, so that the
 * band has something to look at beside it. */
struct table {
	uint8_t cells[LETTERS_MOST + 1][LETTERS_MOST + 3];
	uint8_t least[LETTERS_MOST + 1]; /* Of each row. */
};

struct search {
	struct kzi_speller *speller;
	struct letter typed[LETTERS_MOST];
	size_t typed_count;
	struct letter letters[LETTERS_MOST]; /* Of the word at hand. */
	uint32_t sketch; /* Of the typed word. */
	int band;        /* Letters that one can be longer than the other. */
	struct table table;
	int limit;
	struct kzi_spelling *best;
	size_t best_count, best_most;
};

/* ---- Letters ----------------------------------------------------------- */

static uint16_t find_base(const char *bytes, size_t length, uint16_t code)
{
	char folded[8];
	uint32_t base;
	size_t size = kzi_fold_text(folded, sizeof(folded), bytes, length);

	if (size == 0 || kzi_utf8_decode(folded, size, &base) != size ||
		base > UINT16_MAX)
		return code;
	return (uint16_t)base;
}

/* Where a letter lies: half columns and rows of the usual keyboard. */
static void find_key(struct letter *letter)
{
	/* For a to z; a column as a letter from 'a' on: q is 'a', p is 's'. */
	static const char columns[] = "bkgfehjlonpromqsagdimicekc";
	static const char rows[] = "12210111011122000010020202";
	unsigned key = (unsigned)letter->base - 'a';

	letter->column = key < 26 ? (int8_t)(columns[key] - 'a') : -1;
	letter->row = key < 26 ? (int8_t)(rows[key] - '0') : 0;
}

/* The letter at `text`; returns its bytes. */
static size_t read_letter(struct kzi_speller *speller, struct letter *letter,
	const char *text, size_t length)
{
	uint32_t code = (unsigned char)*text;
	size_t bytes = 1;

	if (code >= 0x80)
		bytes = kzi_utf8_decode(text, length, &code);
	if (code > UINT16_MAX)
		code = KZI_REPLACEMENT;
	letter->code = letter->base = (uint16_t)code;
	if (code >= 0x80 && code < KZI_SPELLER_LETTERS) {
		if (!speller->bases[code])
			speller->bases[code] =
				find_base(text, bytes, (uint16_t)code);
		letter->base = speller->bases[code];
	}
	find_key(letter);
	return bytes;
}

/* The same for letter i of a word, of which those before are read. */
static size_t read_next(struct kzi_speller *speller, struct letter *letters,
	size_t i, const char *text, size_t length)
{
	size_t bytes = read_letter(speller, &letters[i], text, length);

	letters[i].gap = i > 0 && letters[i].base == letters[i - 1].base
		? DOUBLE
		: EDIT;
	return bytes;
}

/* Some keyboards have y and z the other way round. */
static int are_neighbours(const struct letter *a, const struct letter *b)
{
	int across = a->column - b->column, down = a->row - b->row;

	if ((a->base == 'y' && b->base == 'z') ||
		(a->base == 'z' && b->base == 'y'))
		return 1;
	return a->column >= 0 && b->column >= 0 && across >= -2 &&
		across <= 2 && down >= -1 && down <= 1;
}

static int change_cost(const struct letter *a, const struct letter *b)
{
	if (a->code == b->code)
		return 0;
	if (a->base == b->base)
		return ACCENT;
	return are_neighbours(a, b) ? KEY : EDIT;
}

/* ---- The table --------------------------------------------------------- */

static int least_of(int a, int b)
{
	return a < b ? a : b;
}

static int is_swap(const struct search *search, size_t i, size_t j)
{
	return i > 1 && j > 1 &&
		search->letters[i - 1].base == search->typed[j - 2].base &&
		search->letters[i - 2].base == search->typed[j - 1].base &&
		search->typed[j - 1].base != search->typed[j - 2].base;
}

static int cell_of(const struct search *search, size_t i, size_t j)
{
	const struct table *table = &search->table;
	int cost = FAR;

	if (i > 0)
		cost = table->cells[i - 1][j + 1] +
			search->letters[i - 1].gap;
	if (j > 0)
		cost = least_of(cost,
			table->cells[i][j] + search->typed[j - 1].gap);
	if (i > 0 && j > 0)
		cost = least_of(cost,
			table->cells[i - 1][j] +
				change_cost(&search->letters[i - 1],
					&search->typed[j - 1]));
	if (is_swap(search, i, j))
		cost = least_of(cost, table->cells[i - 2][j - 1] + SWAP);
	return least_of(cost, FAR);
}

static void fill_row(struct search *search, size_t i)
{
	size_t band = (size_t)search->band;
	size_t first = i > band ? i - band : 0;
	size_t last = i + band < search->typed_count ? i + band
						     : search->typed_count;
	uint8_t *cells = search->table.cells[i];
	int least = FAR;
	size_t j;

	memset(cells, FAR, search->typed_count + 2);
	for (j = first; j <= last; j++) {
		int cost = i == 0 && j == 0 ? 0 : cell_of(search, i, j);

		cells[j + 1] = (uint8_t)cost;
		least = least_of(least, cost);
	}
	search->table.least[i] = (uint8_t)least;
}

/* 1 if no word that begins with the first i letters can be near enough. */
static int is_hopeless(const struct search *search, size_t i)
{
	const uint8_t *least = search->table.least;

	return least[i] > search->limit &&
		(i == 0 || least[i - 1] + SWAP > search->limit);
}

/* ---- The best ---------------------------------------------------------- */

/* Half a unit for each doubling: 1 => 0, 40 => 2, 1000 => 4. */
static int bonus_of(int64_t passages)
{
	int twice = 0;

	while (passages > 1 && twice < 2 * BONUS_MOST) {
		passages >>= 1;
		twice++;
	}
	return twice / 2;
}

static int is_better(const struct kzi_spelling *a, const struct kzi_spelling *b)
{
	if (a->score != b->score)
		return a->score < b->score;
	if (a->cost != b->cost)
		return a->cost < b->cost;
	return a->passages > b->passages;
}

static void take(struct search *search, const struct kzi_spelling *spelling)
{
	size_t at = search->best_count;

	while (at > 0 && is_better(spelling, &search->best[at - 1]))
		at--;
	if (at == search->best_most)
		return;
	if (search->best_count < search->best_most)
		search->best_count++;
	memmove(search->best + at + 1, search->best + at,
		(search->best_count - at - 1) * sizeof(*spelling));
	search->best[at] = *spelling;
	/* What comes later must be able to do better than the last one. */
	if (search->best_count == search->best_most)
		search->limit = least_of(search->limit,
			search->best[search->best_most - 1].score + BONUS_MOST);
}

/* ---- The words --------------------------------------------------------- */

/* The cost of the word at hand, or FAR. */
static int cost_of(struct search *search, const char *word, size_t length)
{
	size_t count = 0, at = 0;

	while (at < length) {
		at += read_next(search->speller, search->letters, count,
			word + at, length - at);
		fill_row(search, ++count);
		if (is_hopeless(search, count))
			return FAR;
	}
	return search->table.cells[count][search->typed_count + 1];
}

/* 1 if more than two of the bits are set. */
static int is_many(uint32_t bits)
{
	bits &= bits - 1; /* One bit less, if there was one. */
	return (bits & (bits - 1)) != 0;
}

/* 1 if the sketch leaves it open that the word is near enough: two edits at
 * most, so two letters at most that only one of them has. Everything is worked
 * out for every word, which is quicker than to guess at branches. */
static int may_be_near(uint32_t sketch, uint32_t typed, uint32_t band)
{
	const uint32_t letters = ((uint32_t)1 << 26) - 1;
	uint32_t longer = (sketch >> 26) - (typed >> 26) + band;

	return !((longer > 2 * band) | is_many(sketch & ~typed & letters) |
		is_many(typed & ~sketch & letters));
}

static void try_word(struct search *search, const char *word, size_t length,
	int64_t passages, int is_stop)
{
	int cost = cost_of(search, word, length);
	int limit = is_stop ? least_of(search->limit, LIMIT_SHORT)
			    : search->limit;
	struct kzi_spelling spelling;

	if (cost == 0 || cost > limit)
		return;
	spelling = (struct kzi_spelling){ .length = (uint8_t)length,
		.cost = cost, .score = cost - bonus_of(passages),
		.passages = passages, .is_stop = is_stop };
	memcpy(spelling.word, word, length);
	take(search, &spelling);
}

static void try_all(struct search *search, struct kzi_vocabulary *words)
{
	const uint32_t typed = search->sketch, band = (uint32_t)search->band;
	uint32_t i;

	for (i = 0; i < words->count; i++)
		if (may_be_near(kzi_vocabulary_sketch(words, i), typed, band) &&
			kzi_vocabulary_seek(words, i))
			try_word(search, words->word, words->length,
				words->passages, 0);
}

/* No vocabulary has the stop words. Frequent as they are, they get no bonus: what
 * is as near to a word of the vocabulary is rather that. */
static void try_stop_words(struct search *search, int language)
{
	const char *word = kzi_stop_words(language);

	while (*word) {
		size_t length = strcspn(word, " ");

		if (length > 0)
			try_word(search, word, length, 1, 1);
		word += length + (word[length] == ' ');
	}
}

static void read_typed(struct search *search, const char *word, size_t length)
{
	char folded[4 * KZI_VOCABULARY_WORD_MOST];
	size_t at = 0;

	search->sketch = kzi_word_sketch(folded,
		kzi_fold_text(folded, sizeof(folded), word, length));
	while (at < length) {
		at += read_next(search->speller, search->typed,
			search->typed_count, word + at, length - at);
		search->typed_count++;
	}
}

static int limit_of(const struct search *search)
{
	if (search->typed_count < SHORT_LEAST)
		return LIMIT_SHORTER;
	return search->typed_count <= SHORT_MOST ? LIMIT_SHORT : LIMIT;
}

kz_status kzi_spellings(struct kzi_speller *speller, int language,
	const char *word, size_t length, struct kzi_spelling *best, size_t most,
	size_t *count, kz_error *err)
{
	struct search search = { .speller = speller, .best = best,
		.best_most = most };
	struct kzi_vocabulary words;
	kz_status status;

	*count = 0;
	if (length > KZI_VOCABULARY_WORD_MOST)
		return KZ_OK;
	status = kzi_store_vocabulary(speller->store, language, &words, err);
	if (status != KZ_OK)
		return status;
	read_typed(&search, word, length);
	search.limit = limit_of(&search);
	/* Nothing that adds a letter costs less than DOUBLE. */
	search.band = search.limit / DOUBLE;
	fill_row(&search, 0);
	try_all(&search, &words);
	try_stop_words(&search, language);
	*count = search.best_count;
	return KZ_OK;
}
