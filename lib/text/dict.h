/* dict.h -- base forms of inflected words, from a dictionary and its rules.
 *
 *     hu  bokrokban  => bokor        ca  setmanes  => setmana
 *     ro  lucreaza   => lucrez       pt  foi       => ir, ser
 *
 * Words and base forms have no accents: what is typed without them is found
 * all the same, and terms have none either.
 *
 * The tables come from Hunspell's dictionaries (lang/compile_dict.c): words
 * with the classes they belong to, and what each class may put at a word's
 * end. Only struct kzi_dict points to them. */
#ifndef KZI_DICT_H
#define KZI_DICT_H

#include <stddef.h>
#include <stdint.h>

/* One ending: where `cut` was, `add` stands, if the word ends as `ending`
 * says. */
struct kzi_dict_rule {
	uint16_t ending;  /* Where it begins in `endings`; 0: any. */
	uint8_t class;
	uint8_t is_inner; /* No word without one more ending. */
	uint16_t next;    /* The classes of endings that may follow: a set. */
};

/* The ending that a rule asks for is a number a letter, the last one first,
 * with a bit for each letter that may stand there: "[^b-z]d" is D, then A and
 * what is no letter of a to z. */
enum {
	KZI_DICT_NO_LETTER = 26,
	KZI_DICT_ENDING_LAST = 1 << 27 /* Marks the last number. */
};

/* Rules of one kind that add and cut the same letters are neighbours: a lot.
 * What they have in common tells of most lots at once that they made no
 * word. */
struct kzi_dict_lot {
	uint16_t cut;
	uint16_t first;   /* The rule, and how many they are. */
	uint16_t count;
	uint16_t classes; /* Sets: the rules' own classes ... */
	uint16_t next;    /* ... and those of endings that may follow any. */
	uint16_t marks;
};

enum {
	KZI_DICT_MIDDLE = 1, /* Rules that may follow others ... */
	KZI_DICT_OTHER = 2,  /* ... or that make another word, which is its base
			        form: the same of all rules of a lot. */
	KZI_DICT_FINAL = 4   /* Some rule can end a word. */
};

/* The lots that add the same letters are neighbours: a group. */
struct kzi_dict_group {
	uint32_t hash; /* Of what they add. */
	uint32_t add;
	uint16_t first;
	uint16_t count; /* 0: an empty slot of the hash table. */
};

enum { KZI_DICT_SET = 4 }; /* 64 classes in each number. */

/* The words stand in an automaton. A state is the number of its first arc; an
 * arc has a byte, a mark of the state's last one and the next state. Behind
 * the letters of a word come KZI_DICT_END, the number of its set of classes in
 * two bytes, how many of its last bytes the base form lacks, what that has
 * instead, and a zero. */
enum {
	KZI_DICT_END = 1,
	KZI_DICT_DIGIT = 250, /* Numbers have digits 0 to 249 ... */
	KZI_DICT_ZERO = 2,    /* ... written as bytes from 2. */
	KZI_DICT_LAST = 0x100,
	KZI_DICT_TARGET = 9   /* Bits to shift. */
};

enum { KZI_DICT_STARTS = 4096 };

/* The bit of a word's first three bytes in `strange`, which tells of words
 * whose base form has other first letters: "went". */
static inline unsigned kzi_dict_start(const char *word)
{
	return ((unsigned char)word[0] * 1033u + (unsigned char)word[1] * 131u +
		       (unsigned char)word[2] * 17u) %
		KZI_DICT_STARTS;
}

/* The hash of what a rule adds, byte by byte from its end. */
enum { KZI_DICT_HASH = 0x11C9DC5 };

static inline uint32_t kzi_dict_hash(uint32_t hash, char byte)
{
	return (hash ^ (unsigned char)byte) * 16777619u;
}

/* What is known of letters at a word's end by their hash, and perhaps of others
 * with the same. The marks are those of all rules and, shifted, of rules that
 * another ending can follow. */
enum {
	KZI_DICT_TAIL = 1,  /* Some rule adds letters that end so ... */
	KZI_DICT_WHOLE = 2, /* ... or just these. */
	KZI_DICT_TAIL_MARKS = 2
};

struct kzi_dict {
	const uint32_t *arcs;
	const struct kzi_dict_rule *rules;
	const struct kzi_dict_lot *lots;
	const struct kzi_dict_group *groups;
	const uint64_t (*sets)[KZI_DICT_SET];
	const char *strings; /* `add` and `cut` are offsets into them. */
	const uint32_t *endings;
	const uint8_t *tails; /* By the first bits of the hash. */
	uint32_t start;       /* The first state. */
	uint32_t group_mask;  /* The groups are one more, a power of two. */
	uint8_t tail_shift;   /* What leaves those bits. */
	uint64_t checksum;    /* Of all the tables. */
	uint64_t inner[KZI_DICT_SET]; /* Classes that can follow an ending. */
	uint64_t strange[KZI_DICT_STARTS / 64];
};

enum {
	KZI_LEMMAS_MOST = 4,
	KZI_LEMMA_MOST = 96 /* Bytes; longer words are not looked up. */
};

struct kzi_lemmas {
	int count;
	uint8_t length[KZI_LEMMAS_MOST];
	char text[KZI_LEMMAS_MOST][KZI_LEMMA_MOST];
};

/* Find the base forms of a folded word, at most one of them for two readings
 * that differ only in accents. None: the dictionary does not know it. */
void kzi_dict_find(const struct kzi_dict *dict, const char *word,
	size_t length, struct kzi_lemmas *lemmas);

/* 1 if the folded word stands in the dictionary as it is. */
int kzi_dict_has(const struct kzi_dict *dict, const char *word, size_t length);

/* The same of every beginning of the word, by its length in bytes. */
void kzi_dict_beginnings(const struct kzi_dict *dict, const char *word,
	size_t length, uint8_t has[KZI_LEMMA_MOST + 1]);

/* 1 if the folded word is one of its own base forms. */
int kzi_dict_is_base(
	const struct kzi_dict *dict, const char *word, size_t length);

/* 0 if every base form of the folded word has its first two letters, told
 * without looking it up. */
int kzi_dict_is_strange(
	const struct kzi_dict *dict, const char *word, size_t length);

#endif
