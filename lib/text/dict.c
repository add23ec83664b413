/* dict.c -- see dict.h. Endings are taken off at most twice, as Hunspell has
 * it, and each time all rules that leave the same letters are one step. */
#include "text/dict.h"

#include <string.h>

enum {
	ENDINGS_MOST = 2,
	DEAD = 0xFFFFFFFF /* No state: state 0 is the end of a word. */
};

struct set {
	uint64_t bits[KZI_DICT_SET];
};

struct search {
	const struct kzi_dict *dict;
	struct kzi_lemmas *lemmas;
};

/* A word, or what is left of one, and where the automaton is behind each of its
 * bytes, as far as some word of the dictionary begins so. */
struct base {
	char text[2 * KZI_LEMMA_MOST];
	size_t length;
	uint32_t states[KZI_LEMMA_MOST + 1];
	size_t alive; /* The states beyond this one are not set. */
};

static int meets(const uint64_t *a, const uint64_t *b)
{
	uint64_t both = 0;
	int k;

	for (k = 0; k < KZI_DICT_SET; k++)
		both |= a[k] & b[k];
	return both != 0;
}

/* ---- Words ------------------------------------------------------------- */

/* The arcs of a state are in order of their bytes. */
static uint32_t follow(const struct kzi_dict *dict, uint32_t state, char byte)
{
	const uint32_t *arc = dict->arcs + state;

	if (!state || state == DEAD)
		return DEAD;
	while ((*arc & 0xFF) < (unsigned char)byte)
		if (*arc++ & KZI_DICT_LAST)
			return DEAD;
	return (*arc & 0xFF) == (unsigned char)byte ? *arc >> KZI_DICT_TARGET
						    : DEAD;
}

static uint32_t follow_all(
	const struct kzi_dict *dict, uint32_t state, const char *text)
{
	for (; *text; text++)
		state = follow(dict, state, *text);
	return state;
}

/* Follow the bytes of a base from `from` on, whose state is known. */
static void follow_base(
	const struct kzi_dict *dict, struct base *base, size_t from)
{
	uint32_t state = base->states[from];

	while (from < base->length) {
		state = follow(dict, state, base->text[from]);
		if (state == DEAD)
			break;
		base->states[++from] = state;
	}
	base->alive = from;
}

static uint32_t state_at(const struct base *base, size_t length)
{
	return length <= base->alive ? base->states[length] : DEAD;
}

static int is_listed(const struct kzi_lemmas *lemmas, const char *text,
	size_t length)
{
	int i;

	for (i = 0; i < lemmas->count; i++)
		if (lemmas->length[i] == length &&
			!memcmp(lemmas->text[i], text, length))
			return 1;
	return 0;
}

static void add_lemma(struct kzi_lemmas *lemmas, const char *text,
	size_t length)
{
	if (lemmas->count == KZI_LEMMAS_MOST || length > KZI_LEMMA_MOST ||
		is_listed(lemmas, text, length))
		return;
	memcpy(lemmas->text[lemmas->count], text, length);
	lemmas->length[lemmas->count++] = (uint8_t)length;
}

/* The rest of an entry behind its set: what makes the base form of `word`.
 * The automaton may branch here, so this goes down every arc. */
static void read_lemmas(const struct search *search, uint32_t state,
	char *lemma, size_t length)
{
	const uint32_t *arc = search->dict->arcs + state;

	for (;; arc++) {
		if (!(*arc & 0xFF)) {
			add_lemma(search->lemmas, lemma, length);
		} else if (length < KZI_LEMMA_MOST) {
			lemma[length] = (char)(*arc & 0xFF);
			read_lemmas(search, *arc >> KZI_DICT_TARGET, lemma,
				length + 1);
		}
		if (*arc & KZI_DICT_LAST)
			return;
	}
}

static void read_cuts(const struct search *search, uint32_t state,
	const char *word, size_t length)
{
	const uint32_t *arc = search->dict->arcs + state;
	char lemma[KZI_LEMMA_MOST];

	for (;; arc++) {
		size_t cut = (*arc & 0xFF) - KZI_DICT_ZERO;

		memcpy(lemma, word, length - cut);
		read_lemmas(search, *arc >> KZI_DICT_TARGET, lemma,
			length - cut);
		if (*arc & KZI_DICT_LAST)
			return;
	}
}

/* A walk over the sets of classes of a word, each spelled by two arcs. */
struct walk {
	const uint32_t *high, *low;
};

/* 0: there is no word at `state`; else the arc of its end is the first. */
static int first_set(
	const struct kzi_dict *dict, struct walk *at, uint32_t state)
{
	const uint32_t *arc = dict->arcs + state;

	if (state == DEAD || (*arc & 0xFF) != KZI_DICT_END)
		return 0;
	at->high = dict->arcs + (*arc >> KZI_DICT_TARGET);
	at->low = dict->arcs + (*at->high >> KZI_DICT_TARGET);
	return 1;
}

static int next_set(const struct kzi_dict *dict, struct walk *at)
{
	if (!(*at->low++ & KZI_DICT_LAST))
		return 1;
	if (*at->high++ & KZI_DICT_LAST)
		return 0;
	at->low = dict->arcs + (*at->high >> KZI_DICT_TARGET);
	return 1;
}

static const uint64_t *set_at(
	const struct kzi_dict *dict, const struct walk *at)
{
	return dict->sets[((*at->high & 0xFF) - KZI_DICT_ZERO) *
			KZI_DICT_DIGIT +
		(*at->low & 0xFF) - KZI_DICT_ZERO];
}

/* Take the base forms of a word that has one of the classes of `need`, or, if
 * that is NULL, is a word without any ending. */
static void read_entries(const struct search *search, uint32_t state,
	const char *word, size_t length, const struct set *need)
{
	const struct kzi_dict *dict = search->dict;
	struct walk at;
	int more;

	for (more = first_set(dict, &at, state); more;
		more = next_set(dict, &at)) {
		const uint64_t *set = set_at(dict, &at);

		if (need ? meets(set, need->bits) : !(set[0] & 1))
			read_cuts(search, *at.low >> KZI_DICT_TARGET, word,
				length);
	}
}

/* ---- Rules ------------------------------------------------------------- */

/* The bit of the last letter before *end, and *end moved before it. */
static unsigned letter_before(const char *word, size_t *end)
{
	unsigned letter = (unsigned char)word[--*end] - 'a';

	if (letter < KZI_DICT_NO_LETTER)
		return letter;
	while (*end > 0 && ((unsigned char)word[*end] & 0xC0) == 0x80)
		--*end;
	return KZI_DICT_NO_LETTER;
}

/* 1 if a word ends as a rule wants. */
static int ends_so(const uint32_t *ending, const char *word, size_t length)
{
	for (;; ending++) {
		if (!length || !(*ending >> letter_before(word, &length) & 1))
			return 0;
		if (*ending & KZI_DICT_ENDING_LAST)
			return 1;
	}
}

/* The classes of the rules of a lot that are open to a class of `need` (NULL:
 * that can end a word) and can have made a word of `base`; 0 if none is. */
static int find_classes(const struct kzi_dict *dict, struct set *found,
	const struct kzi_dict_lot *lot, const struct base *base,
	const struct set *need)
{
	const struct kzi_dict_rule *rule = dict->rules + lot->first;
	const struct kzi_dict_rule *end = rule + lot->count;
	unsigned ending = 0; /* The last one looked at, and the answer. */
	int fits = 1, any = 0;

	memset(found, 0, sizeof(*found));
	for (; rule < end; rule++) {
		if (need ? !meets(dict->sets[rule->next], need->bits)
			 : rule->is_inner)
			continue;
		if (rule->ending != ending) {
			ending = rule->ending;
			fits = !ending ||
				ends_so(dict->endings + ending, base->text,
					base->length);
		}
		if (!fits)
			continue;
		found->bits[rule->class / 64] |= 1ull << rule->class % 64;
		any = 1;
	}
	return any;
}

/* What rules that have `endings` behind them add of that hash. */
static unsigned tail_at(const struct kzi_dict *dict, uint32_t hash, int endings)
{
	return dict->tails[hash >> dict->tail_shift] >>
		KZI_DICT_TAIL_MARKS * endings;
}

static const struct kzi_dict_group *find_group(const struct kzi_dict *dict,
	uint32_t hash, const char *add, size_t length)
{
	uint32_t slot = hash & dict->group_mask;

	for (; dict->groups[slot].count; slot = (slot + 1) & dict->group_mask) {
		const char *text = dict->strings + dict->groups[slot].add;

		if (dict->groups[slot].hash == hash &&
			!memcmp(text, add, length) && !text[length])
			return &dict->groups[slot];
	}
	return NULL;
}

static void find(const struct search *search, struct base *base,
	const struct set *need, int endings);

/* Go on with a base that has one of `classes`. */
static void go_on(const struct search *search, struct base *base,
	const struct set *classes, int endings)
{
	if (endings < ENDINGS_MOST &&
		meets(search->dict->inner, classes->bits))
		find(search, base, classes, endings);
	else
		read_entries(search, state_at(base, base->length), base->text,
			base->length, classes);
}

/* Make the base that rules left: `left` bytes of a word and what they cut.
 * Returns 0 if there is none, or if kzi_dict_is_strange knew nothing of it. */
static int make_base(const struct kzi_dict *dict, struct base *base,
	const struct base *word, size_t left, const char *cut)
{
	size_t length = left + strlen(cut);

	if (!length || length > KZI_LEMMA_MOST)
		return 0;
	memcpy(base->text, word->text, left);
	memcpy(base->text + left, cut, length - left);
	if (left < 2 && (length < 2 || memcmp(base->text, word->text, 2)))
		return 0;
	base->length = length;
	base->alive = left < word->alive ? left : word->alive;
	memcpy(base->states, word->states,
		(base->alive + 1) * sizeof(base->states[0]));
	if (base->alive == left)
		follow_base(dict, base, left);
	return 1;
}

/* 1 if the word at `state` has one of `classes`. */
static int has_class(
	const struct kzi_dict *dict, uint32_t state, const uint64_t *classes)
{
	struct walk at;
	int more;

	for (more = first_set(dict, &at, state); more;
		more = next_set(dict, &at))
		if (meets(set_at(dict, &at), classes))
			return 1;
	return 0;
}

/* 0 if no ending can be taken off `left` bytes of a word and `cut`, told
 * without putting them together: what it leaves must begin some word. */
static int may_go_on(const struct kzi_dict *dict, const struct base *word,
	size_t left, const char *cut)
{
	size_t known = left < word->alive ? left : word->alive;
	size_t at = left + strlen(cut);
	uint32_t hash = KZI_DICT_HASH;

	for (;; at--) {
		unsigned tail = tail_at(dict, hash, 1);

		if (!(tail & KZI_DICT_TAIL))
			return 0;
		/* In `cut` the automaton was not followed. */
		if (tail & KZI_DICT_WHOLE && (at <= known || known == left))
			return 1;
		if (!at)
			return 0;
		hash = kzi_dict_hash(hash,
			at > left ? cut[at - left - 1] : word->text[at - 1]);
	}
}

/* 0 if no rule of the lot can have stood there, whatever word it was behind. */
static int may_stand(const struct kzi_dict *dict,
	const struct kzi_dict_lot *lot, const struct set *need)
{
	return need ? meets(dict->sets[lot->next], need->bits)
		    : lot->marks & KZI_DICT_FINAL;
}

/* Take the base forms of a base that the rules of a lot have made a word of. */
static void take_base(const struct search *search,
	const struct kzi_dict_lot *lot, const struct set *classes,
	struct base *base, const struct base *word, int endings)
{
	struct kzi_lemmas others;
	struct search other = { search->dict, &others };

	if (!(lot->marks & KZI_DICT_OTHER)) {
		go_on(search, base, classes, endings);
		return;
	}
	others.count = 0;
	go_on(&other, base, classes, endings);
	if (others.count)
		add_lemma(search->lemmas, word->text, word->length);
}

/* Undo the rules of a lot. A base that is no word of the dictionary is only
 * good for one more ending; that most are not is told before they are made. */
static void undo(const struct search *search, const struct kzi_dict_lot *lot,
	const struct base *word, size_t left, const struct set *need,
	int endings)
{
	const struct kzi_dict *dict = search->dict;
	const char *cut = dict->strings + lot->cut;
	int has_more = endings < ENDINGS_MOST && lot->marks & KZI_DICT_MIDDLE;
	uint32_t state = state_at(word, left);
	struct base base;
	struct set classes;

	if ((!has_more && state == DEAD) || !may_stand(dict, lot, need))
		return;
	if ((has_class(dict, follow_all(dict, state, cut),
		     dict->sets[lot->classes]) ||
		    (has_more && may_go_on(dict, word, left, cut))) &&
		make_base(dict, &base, word, left, cut) &&
		find_classes(dict, &classes, lot, &base, need))
		take_base(search, lot, &classes, &base, word, endings);
}

static void undo_group(const struct search *search,
	const struct kzi_dict_group *group, const struct base *word,
	size_t left, const struct set *need, int endings)
{
	const struct kzi_dict_lot *lot = search->dict->lots + group->first;
	uint16_t i;

	for (i = 0; i < group->count; i++)
		undo(search, &lot[i], word, left, need, endings);
}

static void find(const struct search *search, struct base *base,
	const struct set *need, int endings)
{
	const struct kzi_dict *dict = search->dict;
	const char *word = base->text;
	uint32_t hash = KZI_DICT_HASH;
	size_t length = base->length, left;

	read_entries(search, state_at(base, length), word, length, need);
	for (left = length;; left--) {
		unsigned tail = tail_at(dict, hash, endings);
		const struct kzi_dict_group *group = NULL;

		if (!(tail & KZI_DICT_TAIL))
			return;
		if (tail & KZI_DICT_WHOLE &&
			(endings + 1 < ENDINGS_MOST || left <= base->alive))
			group = find_group(
				dict, hash, word + left, length - left);
		if (group)
			undo_group(search, group, base, left, need,
				endings + 1);
		if (!left)
			return;
		hash = kzi_dict_hash(hash, word[left - 1]);
	}
}

static void start(const struct kzi_dict *dict, struct base *base,
	const char *word, size_t length)
{
	memcpy(base->text, word, length);
	base->length = length;
	base->states[0] = dict->start;
	follow_base(dict, base, 0);
}

void kzi_dict_find(const struct kzi_dict *dict, const char *word,
	size_t length, struct kzi_lemmas *lemmas)
{
	struct search search = { dict, lemmas };
	struct base base;

	lemmas->count = 0;
	if (!length || length > KZI_LEMMA_MOST)
		return;
	start(dict, &base, word, length);
	find(&search, &base, NULL, 0);
}

/* 1 if the word at `state` needs no ending. */
static int is_word(const struct kzi_dict *dict, uint32_t state)
{
	struct walk at;
	int more;

	for (more = first_set(dict, &at, state); more;
		more = next_set(dict, &at))
		if (!(set_at(dict, &at)[0] & 1))
			return 1;
	return 0;
}

int kzi_dict_has(const struct kzi_dict *dict, const char *word, size_t length)
{
	uint32_t state = dict->start;
	size_t i;

	for (i = 0; i < length && state != DEAD; i++)
		state = follow(dict, state, word[i]);
	return length && is_word(dict, state);
}

void kzi_dict_beginnings(const struct kzi_dict *dict, const char *word,
	size_t length, uint8_t has[KZI_LEMMA_MOST + 1])
{
	uint32_t state = dict->start;
	size_t i;

	memset(has, 0, KZI_LEMMA_MOST + 1);
	for (i = 0; i < length && i < KZI_LEMMA_MOST && state != DEAD; i++) {
		state = follow(dict, state, word[i]);
		has[i + 1] = (uint8_t)is_word(dict, state);
	}
}

/* Most base forms stand in the dictionary; the others are made of them. */
int kzi_dict_is_base(
	const struct kzi_dict *dict, const char *word, size_t length)
{
	struct kzi_lemmas lemmas;
	struct search search = { dict, &lemmas };
	struct base base;

	if (!length || length > KZI_LEMMA_MOST)
		return 0;
	lemmas.count = 0;
	start(dict, &base, word, length);
	read_entries(&search, state_at(&base, length), word, length, NULL);
	if (is_listed(&lemmas, word, length))
		return 1;
	lemmas.count = 0;
	find(&search, &base, NULL, 0);
	return is_listed(&lemmas, word, length);
}

int kzi_dict_is_strange(
	const struct kzi_dict *dict, const char *word, size_t length)
{
	unsigned start;

	if (length < 3)
		return 1;
	start = kzi_dict_start(word);
	return dict->strange[start / 64] >> start % 64 & 1;
}
