/* lexicon.c -- see lexicon.h: phrases, told apart by their bytes, and the links
 * between them. */
#include "indexer/lexicon.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"

enum {
	TEXT_MOST = 48,     /* Bytes of a phrase. */
	LINKS_MOST = 200,   /* Of a phrase; who has more is no word. */
	GLOSSES_MOST = 20,  /* Of a phrase in one language: the best ones. */
	PIVOT_MOST = 6,     /* Links of a Spanish word that are joined. */
	SLOTS_LEAST = 1024,
	ANALYZER_MEMORY = 16 << 20,
	FIELD_VOTES = 6,    /* Of a source that knows the field. */
	NONE = 0            /* Phrases and links count from 1. */
};

struct phrase {
	const char *text;
	uint32_t links; /* The first of a list. */
	uint32_t next;  /* Phrase with the same key; in the table's making. */
	uint16_t link_count;
	uint8_t length;
	uint8_t language;
};

struct link {
	uint32_t phrase;
	uint32_t next;
	uint8_t source;
	uint8_t votes; /* How many sources say so. */
	uint8_t is_own;
	uint8_t is_pivot; /* Only by way of a third language. */
};

/* A table from (language, bytes) to a number. */
struct names {
	struct name {
		const char *bytes;
		uint32_t length;
		uint32_t number; /* NONE: free. */
		int language;
	} *slots;
	size_t capacity, count;
};

struct kzi_lexicon {
	struct kzi_arena arena;
	struct names names;
	struct kzi_buf phrases; /* Of struct phrase. */
	struct kzi_buf links;   /* Of struct link. */
	struct kzi_glossary_draft draft;
	struct kzi_glossary_source sources[KZI_LEXICON_SOURCES];
	uint32_t source_count;
	enum kzi_trust trust;
	int failed;
};

/* ---- Numbers for names ------------------------------------------------- */

static struct name *slot_of(struct names *names, int language,
	const char *bytes, size_t length)
{
	size_t mask = names->capacity - 1;
	size_t i = kzi_hash(bytes, length, (uint64_t)language) & mask;

	while (names->slots[i].number != NONE &&
		(names->slots[i].language != language ||
			names->slots[i].length != length ||
			memcmp(names->slots[i].bytes, bytes, length)))
		i = (i + 1) & mask;
	return &names->slots[i];
}

static int grow(struct names *names)
{
	struct names more = { .capacity = names->capacity
			? 2 * names->capacity
			: SLOTS_LEAST,
		.count = names->count };
	size_t i;

	more.slots = kzi_calloc(more.capacity, sizeof(*more.slots));
	if (!more.slots)
		return 0;
	for (i = 0; i < names->capacity; i++)
		if (names->slots[i].number != NONE)
			*slot_of(&more, names->slots[i].language,
				names->slots[i].bytes,
				names->slots[i].length) = names->slots[i];
	kzi_free(names->slots);
	*names = more;
	return 1;
}

/* The slot of a name; a free one is the caller's to fill. NULL when memory is
 * short. */
static struct name *find_name(struct kzi_lexicon *lexicon, struct names *names,
	int language, const char *bytes, size_t length)
{
	struct name *name;

	if (2 * names->count >= names->capacity && !grow(names)) {
		lexicon->failed = 1;
		return NULL;
	}
	name = slot_of(names, language, bytes, length);
	if (name->number != NONE)
		return name;
	name->bytes = kzi_arena_copy(&lexicon->arena, bytes, length);
	name->length = (uint32_t)length;
	name->language = language;
	names->count++;
	if (name->bytes)
		return name;
	lexicon->failed = 1;
	return NULL;
}

/* ---- Phrases and links ------------------------------------------------- */

static struct phrase *phrase_at(const struct kzi_lexicon *lexicon, uint32_t i)
{
	return (struct phrase *)(void *)lexicon->phrases.data + i;
}

static struct link *link_at(const struct kzi_lexicon *lexicon, uint32_t i)
{
	return (struct link *)(void *)lexicon->links.data + i;
}

static uint32_t count_phrases(const struct kzi_lexicon *lexicon)
{
	return (uint32_t)(lexicon->phrases.length / sizeof(struct phrase));
}

static uint32_t phrase_of(struct kzi_lexicon *lexicon, int language,
	const char *text, size_t length)
{
	struct phrase phrase = { .length = (uint8_t)length,
		.language = (uint8_t)language };
	struct name *name = find_name(
		lexicon, &lexicon->names, language, text, length);

	if (!name)
		return NONE;
	if (name->number == NONE) {
		phrase.text = name->bytes;
		name->number = count_phrases(lexicon);
		kzi_buf_append(&lexicon->phrases, &phrase, sizeof(phrase));
		lexicon->failed |= lexicon->phrases.failed;
	}
	return lexicon->failed ? NONE : name->number;
}

static struct link *find_link(
	const struct kzi_lexicon *lexicon, uint32_t from, uint32_t to)
{
	uint32_t i = phrase_at(lexicon, from)->links;

	while (i != NONE && link_at(lexicon, i)->phrase != to)
		i = link_at(lexicon, i)->next;
	return i == NONE ? NULL : link_at(lexicon, i);
}

/* 1 if the link is new. */
static int add_link(struct kzi_lexicon *lexicon, uint32_t from,
	const struct link *link)
{
	struct phrase *phrase = phrase_at(lexicon, from);
	struct link *old = find_link(lexicon, from, link->phrase);
	struct link fresh = *link;

	if (old) {
		old->votes += old->votes < UINT8_MAX &&
			old->source != link->source;
		old->is_own |= link->is_own;
		return 0;
	}
	if (phrase->link_count == LINKS_MOST)
		return 0;
	fresh.next = phrase->links;
	phrase->links = (uint32_t)(lexicon->links.length / sizeof(fresh));
	phrase->link_count++;
	kzi_buf_append(&lexicon->links, &fresh, sizeof(fresh));
	lexicon->failed |= lexicon->links.failed;
	return 1;
}

static int join(struct kzi_lexicon *lexicon, uint32_t a, uint32_t b,
	struct link link)
{
	int is_new;

	link.phrase = b;
	is_new = add_link(lexicon, a, &link);
	link.phrase = a;
	if (!lexicon->failed)
		add_link(lexicon, b, &link);
	return is_new;
}

/* ---- From dictionaries ------------------------------------------------- */

/* The byte that closes a bracket, or 0. */
static char partner_of(char byte)
{
	switch (byte) {
	case '(':
		return ')';
	case '[':
		return ']';
	case '<':
		return '>';
	case '{':
		return '}';
	default:
		return 0;
	}
}

/* "to  partake (of food), " => "to partake of" less what is in brackets: into
 * `out`; returns the length, 0 if it is no word or too long. */
static size_t clean(char out[TEXT_MOST], const char *text, size_t length)
{
	size_t size = 0, words = 0, i;
	int is_gap = 1;

	for (i = 0; i < length; i++) {
		char partner = partner_of(text[i]);
		const char *end = partner
			? memchr(text + i, partner, length - i)
			: NULL;

		if (end) {
			i = (size_t)(end - text);
		} else if ((unsigned char)text[i] <= ' ') {
			is_gap = 1;
		} else {
			words += is_gap;
			if (size + 3 > TEXT_MOST ||
				words > KZI_PHRASE_WORDS + 1)
				return 0;
			if (is_gap && size > 0)
				out[size++] = ' ';
			out[size++] = text[i];
			is_gap = 0;
		}
	}
	while (size > 0 && strchr(" ,;:!?.", out[size - 1]))
		size--;
	out[size] = '\0';
	return strpbrk(out, "@/0123456789") ? 0 : size;
}

/* FreeDict's Hungarian was typed in a coding without ő and ű. */
static void mend_hungarian(char *text, size_t length)
{
	size_t i;

	for (i = 0; i + 1 < length; i++) {
		if ((unsigned char)text[i] != 0xC3)
			continue;
		switch ((unsigned char)text[i + 1]) {
		case 0xB4: /* ô */
		case 0xB5: /* õ */
			memcpy(text + i, "\xC5\x91", 2);
			break;
		case 0xBB: /* û */
			memcpy(text + i, "\xC5\xB1", 2);
			break;
		default:
			break;
		}
	}
}

static uint32_t take_side(
	struct kzi_lexicon *lexicon, const struct kzi_side *side)
{
	char text[TEXT_MOST];
	size_t length = clean(text, side->text, side->length);
	const char *from = text;

	if (side->language == KZI_HU)
		mend_hungarian(text, length);
	if (side->language == KZI_EN && length > 3 && !memcmp(text, "to ", 3)) {
		from += 3;
		length -= 3;
	}
	if (length == 0 || !kzi_utf8_valid(from, length))
		return NONE;
	return phrase_of(lexicon, side->language, from, length);
}

void kzi_lexicon_add(struct kzi_lexicon *lexicon, const struct kzi_side *a,
	const struct kzi_side *b)
{
	struct link link = { .source = (uint8_t)(lexicon->source_count - 1),
		.votes = lexicon->trust == KZI_GENERAL ? 1 : FIELD_VOTES,
		.is_own = lexicon->trust == KZI_OWN };
	uint32_t left, right;

	if (lexicon->failed || lexicon->source_count == 0 ||
		a->language == b->language)
		return;
	left = take_side(lexicon, a);
	right = left == NONE ? NONE : take_side(lexicon, b);
	if (right == NONE)
		return;
	lexicon->sources[lexicon->source_count - 1].entries +=
		(uint64_t)join(lexicon, left, right, link);
}

static struct kzi_string keep(
	struct kzi_lexicon *lexicon, struct kzi_string string)
{
	string.bytes = kzi_arena_copy(
		&lexicon->arena, string.bytes, string.length);
	if (!string.bytes) {
		lexicon->failed = 1;
		string.length = 0;
	}
	return string;
}

void kzi_lexicon_source(struct kzi_lexicon *lexicon,
	const struct kzi_glossary_source *source, enum kzi_trust trust)
{
	struct kzi_glossary_source *kept;

	lexicon->trust = trust;
	if (lexicon->source_count == KZI_LEXICON_SOURCES)
		return;
	kept = &lexicon->sources[lexicon->source_count++];
	kept->name = keep(lexicon, source->name);
	kept->licence = keep(lexicon, source->licence);
	kept->path = keep(lexicon, source->path);
	kept->stamp = keep(lexicon, source->stamp);
	kept->entries = 0;
}

uint64_t kzi_lexicon_pairs(const struct kzi_lexicon *lexicon)
{
	return lexicon->source_count
		? lexicon->sources[lexicon->source_count - 1].entries
		: 0;
}

int kzi_lexicon_language(const char *code, size_t length)
{
	static const struct {
		char code[4];
		int language;
	} codes[] = { { "cat", KZI_CA }, { "cym", KZI_CY }, { "wel", KZI_CY },
		{ "eng", KZI_EN }, { "hun", KZI_HU }, { "ita", KZI_IT },
		{ "por", KZI_PT }, { "ron", KZI_RO }, { "rum", KZI_RO },
		{ "spa", KZI_SPANISH }, { "es", KZI_SPANISH } };
	size_t i;

	for (i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (strlen(codes[i].code) == length &&
			!memcmp(codes[i].code, code, length))
			return codes[i].language;
	return length == 2 ? kzi_language_find(code, length) : -1;
}

/* ---- By way of Spanish ------------------------------------------------- */

static int has_language(
	const struct kzi_lexicon *lexicon, uint32_t phrase, int language)
{
	uint32_t i = phrase_at(lexicon, phrase)->links;

	for (; i != NONE; i = link_at(lexicon, i)->next)
		if (!link_at(lexicon, i)->is_pivot &&
			phrase_at(lexicon, link_at(lexicon, i)->phrase)
					->language == language)
			return 1;
	return 0;
}

static void join_across(struct kzi_lexicon *lexicon, uint32_t a, uint32_t b,
	struct link link)
{
	int from = phrase_at(lexicon, a)->language;
	int to = phrase_at(lexicon, b)->language;

	if (from == to || has_language(lexicon, a, to) ||
		has_language(lexicon, b, from))
		return;
	link.is_pivot = 1;
	link.is_own = 0;
	link.votes = 1;
	join(lexicon, a, b, link);
}

static void join_spanish(struct kzi_lexicon *lexicon, uint32_t phrase)
{
	struct link links[PIVOT_MOST * KZI_LANGUAGES];
	uint32_t of[KZI_LANGUAGES] = { 0 }, count = 0, i, j;

	for (i = phrase_at(lexicon, phrase)->links; i != NONE;
		i = link_at(lexicon, i)->next) {
		const struct link *link = link_at(lexicon, i);
		int language = phrase_at(lexicon, link->phrase)->language;

		if (of[language]++ < PIVOT_MOST)
			links[count++] = *link;
	}
	for (i = 0; i < count && !lexicon->failed; i++)
		for (j = 0; j < i && !lexicon->failed; j++)
			join_across(lexicon, links[i].phrase, links[j].phrase,
				links[i]);
}

static void join_all_spanish(struct kzi_lexicon *lexicon)
{
	uint32_t count = count_phrases(lexicon), i;

	for (i = 1; i < count && !lexicon->failed; i++)
		if (phrase_at(lexicon, i)->language == KZI_SPANISH)
			join_spanish(lexicon, i);
}

/* ---- The table --------------------------------------------------------- */

struct writing {
	struct kzi_lexicon *lexicon;
	struct kzi_analyzer *analyzer;
	struct kzi_tokens tokens;
	struct names keys;    /* To the first phrase of a key. */
	struct kzi_buf chain; /* Of struct member. */
	struct kzi_buf body;
};

/* A phrase under a key; one phrase may be under several. */
struct member {
	uint32_t phrase;
	uint32_t next;
};

static struct member *member_at(const struct writing *writing, uint32_t i)
{
	return (struct member *)(void *)writing->chain.data + i;
}

static void file_under(struct writing *writing, uint32_t phrase, int language,
	const char *key, size_t length)
{
	struct name *name = find_name(
		writing->lexicon, &writing->keys, language, key, length);
	struct member member = { phrase, NONE };

	if (!name)
		return;
	member.next = name->number;
	name->number = (uint32_t)(writing->chain.length / sizeof(member));
	kzi_buf_append(&writing->chain, &member, sizeof(member));
}

/* "a learning community" is asked for as "learning community". */
static size_t skip_stops(const struct kzi_tokens *tokens)
{
	size_t first = 0;

	while (first < tokens->count && tokens->items[first].word &&
		tokens->items[first].word->is_stop)
		first++;
	return first == tokens->count ? 0 : first;
}

static void file_phrase(struct writing *writing, uint32_t i)
{
	const struct phrase *phrase = phrase_at(writing->lexicon, i);
	struct kzi_tokens *tokens = &writing->tokens;
	char key[KZI_PHRASE_MOST];
	size_t first, length;
	int form;

	if (phrase->links == NONE || phrase->language >= KZI_LANGUAGES)
		return;
	if (!kzi_analyze(writing->analyzer, phrase->language, phrase->text,
		    phrase->length, tokens)) {
		writing->lexicon->failed = 1;
		return;
	}
	first = skip_stops(tokens);
	if (tokens->count - first == 0 ||
		tokens->count - first > KZI_PHRASE_WORDS)
		return;
	for (form = 0; form < KZI_PHRASE_FORMS; form++) {
		length = kzi_phrase_key(writing->analyzer,
			tokens->items + first, tokens->count - first, form,
			key);
		if (length > 0)
			file_under(writing, i, phrase->language, key, length);
	}
	kzi_analyzer_trim(writing->analyzer);
}

/* A link with what decides its place. */
struct ranked {
	struct kzi_gloss gloss;
	uint32_t order;
	int is_own;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->gloss.language != y->gloss.language)
		return x->gloss.language < y->gloss.language ? -1 : 1;
	if (x->is_own != y->is_own)
		return x->is_own ? -1 : 1;
	if (x->gloss.share != y->gloss.share)
		return x->gloss.share > y->gloss.share ? -1 : 1;
	/* Lists begin with what was added last. */
	return x->order > y->order ? -1 : x->order < y->order;
}

static uint32_t count_language(
	const struct kzi_lexicon *lexicon, uint32_t phrase, int language)
{
	uint32_t count = 0, i = phrase_at(lexicon, phrase)->links;

	for (; i != NONE; i = link_at(lexicon, i)->next)
		count += phrase_at(lexicon, link_at(lexicon, i)->phrase)
				 ->language == language;
	return count;
}

static int count_words(const struct phrase *phrase)
{
	int count = 1, i;

	for (i = 0; i < phrase->length; i++)
		count += phrase->text[i] == ' ';
	return count;
}

/* A translation that means much else is a poor one, and so is one that is an
 * explanation of several words. What several dictionaries say is worth more,
 * what came by way of a third language less. */
static uint8_t share_of(const struct kzi_lexicon *lexicon,
	const struct phrase *phrase, const struct link *link)
{
	const double single = 100, pivot = 0.6, wordy = 0.4;
	const struct phrase *other = phrase_at(lexicon, link->phrase);
	double share;

	if (link->is_own)
		return UINT8_MAX;
	share = single * sqrt((double)link->votes) /
		pow((double)count_language(
			    lexicon, link->phrase, phrase->language),
			0.25);
	if (link->is_pivot)
		share *= pivot;
	if (link->votes < FIELD_VOTES &&
		count_words(other) > count_words(phrase))
		share *= wordy;
	return (uint8_t)(share < 1 ? 1 : share > 254 ? 254 : share);
}

static size_t rank_links(const struct kzi_lexicon *lexicon,
	const struct phrase *phrase, struct ranked ranked[LINKS_MOST])
{
	size_t count = 0;
	uint32_t i;

	for (i = phrase->links; i != NONE; i = link_at(lexicon, i)->next) {
		const struct link *link = link_at(lexicon, i);
		const struct phrase *other = phrase_at(lexicon, link->phrase);
		struct ranked *one = &ranked[count];

		if (other->language >= KZI_LANGUAGES)
			continue;
		memset(one, 0, sizeof(*one));
		one->gloss.text.bytes = other->text;
		one->gloss.text.length = other->length;
		one->gloss.language = other->language;
		one->gloss.source = link->source;
		one->gloss.share = share_of(lexicon, phrase, link);
		one->is_own = link->is_own;
		one->order = i;
		count++;
	}
	qsort(ranked, count, sizeof(*ranked), compare_ranked);
	return count;
}

/* The best of each language; where the user's glossary says something, nothing
 * but that. */
static void put_phrase(struct writing *writing, const struct phrase *phrase)
{
	struct ranked ranked[LINKS_MOST];
	char head[TEXT_MOST + 1];
	struct kzi_string folded = { head, 0 };
	size_t count = rank_links(writing->lexicon, phrase, ranked), i, of = 0;
	int is_own = 0;

	folded.length = kzi_fold_text(
		head, sizeof(head), phrase->text, phrase->length);
	for (i = 0; i < count; i++) {
		if (i == 0 || ranked[i].gloss.language !=
				ranked[i - 1].gloss.language) {
			of = 0;
			is_own = ranked[i].is_own;
		}
		if (of++ >= GLOSSES_MOST || (is_own && !ranked[i].is_own))
			continue;
		ranked[i].gloss.head = folded;
		kzi_glossary_put_gloss(&writing->body, &ranked[i].gloss);
	}
}

static void put_keys(struct writing *writing)
{
	struct kzi_lexicon *lexicon = writing->lexicon;
	size_t i;
	uint32_t m;

	for (i = 0; i < writing->keys.capacity && !lexicon->failed; i++) {
		const struct name *name = &writing->keys.slots[i];

		if (name->number == NONE)
			continue;
		kzi_buf_clear(&writing->body);
		for (m = name->number; m != NONE;
			m = member_at(writing, m)->next)
			put_phrase(writing,
				phrase_at(lexicon,
					member_at(writing, m)->phrase));
		lexicon->failed |= writing->body.failed;
		if (writing->body.length > 0)
			kzi_glossary_put(&lexicon->draft, name->language,
				name->bytes, name->length, &writing->body);
	}
}

static void put_sources(struct kzi_lexicon *lexicon)
{
	uint32_t i;

	for (i = 0; i < lexicon->source_count; i++)
		kzi_glossary_put_source(&lexicon->draft, &lexicon->sources[i]);
}

kz_status kzi_lexicon_write(struct kzi_lexicon *lexicon, const char *path,
	uint32_t flags, kz_error *err)
{
	struct writing writing = { .lexicon = lexicon };
	struct member nobody = { NONE, NONE };
	char analysis[KZI_FINGERPRINT] = "";
	kz_status status;
	uint32_t count, i;

	writing.analyzer = kzi_analyzer_new(ANALYZER_MEMORY);
	if (!writing.analyzer || !kzi_fingerprint(writing.analyzer, analysis))
		lexicon->failed = 1;
	lexicon->draft.flags = flags;
	join_all_spanish(lexicon);
	kzi_buf_append(&writing.chain, &nobody, sizeof(nobody));
	count = count_phrases(lexicon);
	for (i = 1; i < count && !lexicon->failed; i++)
		file_phrase(&writing, i);
	lexicon->failed |= writing.chain.failed;
	if (!lexicon->failed)
		put_keys(&writing);
	put_sources(lexicon);
	status = lexicon->failed ? kzi_fail_memory(err)
				 : kzi_glossary_write(&lexicon->draft, path,
					   analysis, err);
	kzi_buf_release(&writing.chain);
	kzi_buf_release(&writing.body);
	kzi_free(writing.keys.slots);
	kzi_tokens_release(&writing.tokens);
	kzi_analyzer_free(writing.analyzer);
	return status;
}

struct kzi_lexicon *kzi_lexicon_new(void)
{
	struct kzi_lexicon *lexicon = kzi_calloc(1, sizeof(*lexicon));
	struct phrase no_phrase = { .text = "" };
	struct link no_link = { 0 };

	if (!lexicon)
		return NULL;
	kzi_buf_append(&lexicon->phrases, &no_phrase, sizeof(no_phrase));
	kzi_buf_append(&lexicon->links, &no_link, sizeof(no_link));
	lexicon->failed = lexicon->phrases.failed | lexicon->links.failed;
	return lexicon;
}

void kzi_lexicon_free(struct kzi_lexicon *lexicon)
{
	if (!lexicon)
		return;
	kzi_arena_release(&lexicon->arena);
	kzi_free(lexicon->names.slots);
	kzi_buf_release(&lexicon->phrases);
	kzi_buf_release(&lexicon->links);
	kzi_glossary_draft_release(&lexicon->draft);
	kzi_free(lexicon);
}
