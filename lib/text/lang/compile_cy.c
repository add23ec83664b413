/* compile_cy.c -- build-time program: the Welsh lexicon into tables of C.
 *
 *     compile_cy cy.lexicon > cy_tables.h
 *
 * The format of the lexicon stands at its top. A line becomes bases, which
 * endings may follow, and forms. Where the rules (cy_rules.h) find the stem of
 * a form, nothing is stored; where they do not, the form is stored as an
 * exception:
 *
 *     n  tŷ  tai            base tŷ; exception tai => ty
 *     n  gair  geiriau      base gair; geiriau follows from the rules
 *
 * A malformed or contradictory line ends the build with its file and number.
 * The program runs once and ends, so its arrays are static. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cy_rules.h"

enum {
	MOST_LEMMAS = 20000,
	MOST_FORMS = 600000,
	MOST_TEXT = 6000000,  /* Bytes of lemmas and forms. */
	MOST_ENTRIES = 65000, /* They are numbered in 16 bits. */
	MOST_SLOTS = 131072,  /* A power of two, twice the entries or more. */
	MOST_POOL = 1000000,
	MOST_LINE = 1000
};

/* How usual a word is, in steps of a logarithm: a "+" is about nine times the
 * use. Word classes and forms shift it. */
enum {
	WEIGHT_RARE = 60,
	WEIGHT_NORMAL = 90,
	WEIGHT_STEP = 30,
	WEIGHT_FIXED = 250,     /* Written "form!". */
	WEIGHT_LEMMA = 3,       /* The lemma against a form of its like. */
	WEIGHT_FINITE = -20,    /* A form of a verb that has a line for it. */
	WEIGHT_REGULAR = -40,   /* Persons and tenses, most of them unused. */
	WEIGHT_UNACCENTED = -20 /* tŷ written ty. */
};

struct lemma {
	const char *text;
	const char *own_stem; /* After "=", or NULL. */
	int line;
	int weight;
	char class;
	unsigned stem; /* Its entry. */
};

struct form {
	const char *text;
	int lemma;
	int weight;
	char is_base;    /* Written "gadaw-". */
	char is_fixed;   /* Written "form!". */
	char is_regular; /* Not written at all. */
};

static struct lemma lemmas[MOST_LEMMAS];
static struct form forms[MOST_FORMS];
static int by_weight[MOST_LEMMAS];
static char texts[MOST_TEXT];
static struct kzi_cy_entry entries[MOST_ENTRIES];
static uint16_t slots[MOST_SLOTS];
static char pool[MOST_POOL];

static const char *path;
static int lemma_count, form_count, line_number;
static unsigned entry_count = 1; /* Entry 0 stands for none. */
static size_t text_length, pool_length;

static const struct kzi_cy_table table = { entries, pool, slots,
	MOST_SLOTS - 1 };

static void fail(int line, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s:%d: ", path, line);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

/* ---- Texts ------------------------------------------------------------- */

static const char *keep_text(
	const char *head, size_t head_length, const char *tail)
{
	char *text = texts + text_length;
	size_t tail_length = strlen(tail);

	if (text_length + head_length + tail_length + 1 > MOST_TEXT)
		fail(line_number, "too much text; raise MOST_TEXT");
	memcpy(text, head, head_length);
	memcpy(text + head_length, tail, tail_length + 1);
	text_length += head_length + tail_length + 1;
	return text;
}

static const char *fold_text(const char *text)
{
	char plain[KZI_CY_ROOM];
	size_t length = kzi_cy_fold(plain, text, strlen(text));

	return keep_text(plain, length, "");
}

/* 1 if the text is one Welsh word in lower case that the stemmer can take. */
static int is_word(const char *text)
{
	char plain[MOST_LINE];
	size_t length = strlen(text);

	return length >= 1 && length <= KZI_CY_ROOM &&
		kzi_cy_fold(plain, text, length) > 0;
}

/* ---- Reading the lexicon ----------------------------------------------- */

static void add_form(int lemma, const char *text, int weight, int is_base,
	int is_fixed)
{
	struct form *form = &forms[form_count];

	if (form_count == MOST_FORMS)
		fail(line_number, "too many forms; raise MOST_FORMS");
	if (strlen(text) > KZI_CY_ROOM)
		fail(line_number, "'%s' is too long", text);
	form->text = text;
	form->lemma = lemma;
	form->weight = is_fixed ? WEIGHT_FIXED : weight;
	form->is_base = (char)is_base;
	form->is_fixed = (char)is_fixed;
	form_count++;
}

/* Take an exclamation mark off; 1 if there was one. */
static int take_mark(char *word)
{
	size_t length = strlen(word);

	if (length < 2 || word[length - 1] != '!')
		return 0;
	word[length - 1] = '\0';
	return 1;
}

/* "-au", "geiriau", "gadaw-", "bryd!" or "=stem" of the line of a lemma. */
static void read_form(int at, char *word)
{
	struct lemma *lemma = &lemmas[at];
	int is_base = 0, is_fixed = take_mark(word);
	size_t length = strlen(word);
	const char *text;

	if (word[0] == '=') {
		if (lemma->own_stem || !is_word(word + 1))
			fail(line_number, "'%s' is no stem", word);
		lemma->own_stem = fold_text(word + 1);
		return;
	}
	if (length > 1 && word[length - 1] == '-') {
		is_base = 1;
		word[--length] = '\0';
	}
	if (word[0] == '-' && !is_base)
		text = keep_text(lemma->text, strlen(lemma->text), word + 1);
	else
		text = keep_text(word, length, "");
	if (!is_word(text))
		fail(line_number, "'%s' is no word in small Welsh letters",
			text);
	add_form(at, text,
		lemma->weight + (lemma->class == 'v' ? WEIGHT_FINITE : 0),
		is_base, is_fixed);
}

static void check_forms(int at, int first)
{
	int i, k;

	for (i = first; i < form_count; i++)
		for (k = i + 1; k < form_count; k++)
			if (!strcmp(forms[i].text, forms[k].text) &&
				forms[i].is_base == forms[k].is_base)
				fail(line_number, "%s: '%s' stands twice",
					lemmas[at].text, forms[i].text);
}

static int weight_of(const char *marks)
{
	if (!strcmp(marks, "-"))
		return WEIGHT_RARE;
	if (!strcmp(marks, ""))
		return WEIGHT_NORMAL;
	if (!strcmp(marks, "+"))
		return WEIGHT_NORMAL + WEIGHT_STEP;
	if (!strcmp(marks, "++"))
		return WEIGHT_NORMAL + 2 * WEIGHT_STEP;
	fail(line_number, "'%s' is no mark of use: -, + or ++", marks);
	return 0;
}

static void read_line(char *line)
{
	char *word = strtok(line, " \t\n");
	struct lemma *lemma = &lemmas[lemma_count];
	int first = form_count, is_fixed;

	if (!word || word[0] == '#')
		return;
	if (lemma_count == MOST_LEMMAS)
		fail(line_number, "too many lemmas; raise MOST_LEMMAS");
	if (!strchr("nvapf", word[0]))
		fail(line_number, "'%s' is no class: n, v, a, p or f", word);
	lemma->class = word[0];
	lemma->line = line_number;
	lemma->weight = weight_of(word + 1);
	word = strtok(NULL, " \t\n");
	is_fixed = word && take_mark(word);
	if (!word || !is_word(word))
		fail(line_number, "no lemma in small Welsh letters");
	lemma->text = keep_text(word, strlen(word), "");
	add_form(lemma_count, lemma->text, lemma->weight + WEIGHT_LEMMA, 0,
		is_fixed);
	while ((word = strtok(NULL, " \t\n")) && word[0] != '#')
		read_form(lemma_count, word);
	check_forms(lemma_count, first);
	lemma_count++;
}

static void read_lexicon(FILE *file)
{
	char line[MOST_LINE];

	while (fgets(line, sizeof(line), file)) {
		line_number++;
		if (!strchr(line, '\n'))
			fail(line_number, "longer than %d bytes or unended",
				MOST_LINE - 2);
		read_line(line);
	}
	if (!lemma_count)
		fail(line_number, "no lemma");
}

/* ---- Order and repetition ---------------------------------------------- */

/* Heaviest first; of equals the one that stands first. */
static int compare_weights(const void *a, const void *b)
{
	const struct lemma *one = &lemmas[*(const int *)a];
	const struct lemma *other = &lemmas[*(const int *)b];

	if (one->weight != other->weight)
		return other->weight - one->weight;
	return one->line - other->line;
}

static int compare_texts(const void *a, const void *b)
{
	const struct lemma *one = &lemmas[*(const int *)a];
	const struct lemma *other = &lemmas[*(const int *)b];
	int order = strcmp(one->text, other->text);

	if (!order)
		order = one->class - other->class;
	return order ? order : one->line - other->line;
}

static void check_repeated(void)
{
	int i;

	for (i = 0; i < lemma_count; i++)
		by_weight[i] = i;
	qsort(by_weight, (size_t)lemma_count, sizeof(int), compare_texts);
	for (i = 1; i < lemma_count; i++) {
		const struct lemma *one = &lemmas[by_weight[i - 1]];
		const struct lemma *other = &lemmas[by_weight[i]];

		if (!strcmp(one->text, other->text) &&
			one->class == other->class)
			fail(other->line, "'%s' stands on line %d already",
				other->text, one->line);
	}
	qsort(by_weight, (size_t)lemma_count, sizeof(int), compare_weights);
}

/* ---- Entries ----------------------------------------------------------- */

/* The entry of a key, made if there is none. */
static unsigned intern(const char *key)
{
	size_t length = strlen(key);
	unsigned found = kzi_cy_find(&table, key, length);
	uint32_t slot = kzi_cy_hash(key, length) & table.mask;

	if (found)
		return found;
	if (entry_count == MOST_ENTRIES || pool_length + length > MOST_POOL)
		fail(line_number, "the table is full");
	while (slots[slot])
		slot = (slot + 1) & table.mask;
	slots[slot] = (uint16_t)entry_count;
	entries[entry_count].key = (uint32_t)pool_length;
	entries[entry_count].length = (uint8_t)length;
	memcpy(pool + pool_length, key, length);
	pool_length += length;
	return entry_count++;
}

/* Let endings follow the key, unless a heavier lemma has it. */
static void add_base(const char *key, unsigned stem, int weight)
{
	struct kzi_cy_entry *entry = &entries[intern(key)];

	if (entry->base)
		return;
	entry->base = (uint16_t)stem;
	entry->base_weight = (uint8_t)weight;
}

/* What is left of a verb-noun: "dysgu" => "dysg", "torri" => "tor". */
static const char *verb_base(const char *text)
{
	static const char endings[][4] = { "iaf", "ian", "io", "an", "yd",
		"ed", "eg", "au", "u", "o", "i", "a" };
	size_t i, length = strlen(text);

	for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t cut = strlen(endings[i]);

		if (length < cut + 2 ||
			strcmp(text + length - cut, endings[i]))
			continue;
		length -= cut;
		break;
	}
	if (length > 2 && text[length - 1] == text[length - 2] &&
		(text[length - 1] == 'n' || text[length - 1] == 'r'))
		length--;
	return keep_text(text, length, "");
}

static void add_lemma_bases(int at)
{
	struct lemma *lemma = &lemmas[at];
	const char *base = lemma->class == 'v' ? verb_base(lemma->text)
					       : lemma->text;
	unsigned known = entries[kzi_cy_find(&table, base, strlen(base))].base;

	if (lemma->own_stem)
		lemma->stem = intern(lemma->own_stem);
	else
		lemma->stem = known ? known : intern(fold_text(base));
	if (lemma->class == 'f')
		return;
	if (!lemma->own_stem)
		add_base(base, lemma->stem, lemma->weight);
	add_base(lemma->text, lemma->stem, lemma->weight);
}

static void add_bases(void)
{
	int i;

	for (i = 0; i < lemma_count; i++)
		add_lemma_bases(by_weight[i]);
	for (i = 0; i < form_count; i++)
		if (forms[i].is_base)
			add_base(forms[i].text, lemmas[forms[i].lemma].stem,
				forms[i].weight);
	for (i = 0; i < lemma_count; i++) {
		const struct lemma *lemma = &lemmas[by_weight[i]];

		if (lemma->class != 'f')
			add_base(fold_text(lemma->text), lemma->stem,
				lemma->weight + WEIGHT_UNACCENTED);
	}
}

/* ---- Regular forms ----------------------------------------------------- */

static void add_endings(int at, const char *base, const char *list)
{
	char ending[16];
	size_t length = strlen(base);

	while (sscanf(list, " %15s", ending) == 1) {
		add_form(at, keep_text(base, length, ending),
			lemmas[at].weight + WEIGHT_REGULAR, 0, 0);
		forms[form_count - 1].is_regular = 1;
		list = strstr(list, ending) + strlen(ending);
	}
}

static int ends_in(const char *text, const char *ending)
{
	size_t length = strlen(text), cut = strlen(ending);

	return length >= cut && !strcmp(text + length - cut, ending);
}

/* The persons and tenses: dysgaf, dysgodd, dysgir ...; gweithiaf, gweithir
 * where the base is joined by an i. */
static void add_verb_forms(int at, const char *base, int has_i)
{
	size_t length = strlen(base);
	static const char plain[] =
		"af i a ith iff wn wch an ant ais aist odd om och on ont wyd"
		" it ai em ech en ent ir id ed er aswn asit asai asem asech"
		" asent asid";
	static const char with_i[] =
		"iaf i ia ith iff iwn iwch ian iant iais iaist iodd iom ioch"
		" ion iont iwyd it iet iai iem iech ien ient ir id ied ier iaswn"
		" iasit iasai iasem iasech iasent iasid";

	if (length > 2 && base[length - 1] == 'i') {
		base = keep_text(base, length - 1, "");
		has_i = 1;
	}
	add_endings(at, base, has_i ? with_i : plain);
}

/* The base that endings are written to: torri has torr-, not tor-. */
static void add_lemma_forms(int at)
{
	const struct lemma *lemma = &lemmas[at];
	const char *base = verb_base(lemma->text);
	size_t length = strlen(base);

	if (lemma->text[length] && lemma->text[length] == base[length - 1])
		base = keep_text(lemma->text, length + 1, "");
	add_verb_forms(at, base,
		ends_in(lemma->text, "io") || ends_in(lemma->text, "ian") ||
			ends_in(lemma->text, "iaf"));
}

/* teg: tecach, tecaf, teced. */
static void add_comparison(int at)
{
	static const char soft[] = "gbd", hard[] = "cpt";
	const char *text = lemmas[at].text;
	size_t length = strlen(text);
	char base[KZI_CY_ROOM + 1];
	const char *found;

	memcpy(base, text, length + 1);
	found = strchr(soft, base[length - 1]);
	if (found && !ends_in(text, "dd"))
		base[length - 1] = hard[found - soft];
	add_endings(at, base, "ach af ed");
}

static void add_regular_forms(void)
{
	int i, written = form_count;

	for (i = 0; i < lemma_count; i++) {
		if (lemmas[i].class == 'v')
			add_lemma_forms(i);
		else if (lemmas[i].class == 'a')
			add_comparison(i);
	}
	for (i = 0; i < written; i++)
		if (forms[i].is_base && lemmas[forms[i].lemma].class == 'v')
			add_verb_forms(forms[i].lemma, forms[i].text, 0);
}

/* People leave accents out; such a form yields to one that has none. */
static void add_unaccented_forms(void)
{
	int i, written = form_count;

	for (i = 0; i < written; i++) {
		const char *plain = fold_text(forms[i].text);

		if (!forms[i].is_base && strcmp(plain, forms[i].text))
			add_form(forms[i].lemma, plain,
				forms[i].weight + WEIGHT_UNACCENTED, 0, 0);
	}
}

/* ---- Exceptions -------------------------------------------------------- */

/* By text; then the reading to be chosen first. */
static int compare_forms(const void *a, const void *b)
{
	const struct form *one = a, *other = b;
	int order = strcmp(one->text, other->text);

	if (order)
		return order;
	if (one->is_fixed != other->is_fixed)
		return other->is_fixed - one->is_fixed;
	if (one->weight != other->weight)
		return other->weight - one->weight;
	return one->lemma - other->lemma;
}

static void check_fixed(const struct form *one, const struct form *other)
{
	if (strcmp(one->text, other->text) || !one->is_fixed ||
		!other->is_fixed || one->lemma == other->lemma)
		return;
	fail(lemmas[other->lemma].line, "'%s!' is claimed by line %d too",
		other->text, lemmas[one->lemma].line);
}

static int is_read(const char *text, size_t length, unsigned stem)
{
	return kzi_cy_read(&table, text, length).stem == stem;
}

/* 1 if the rules find the stem of every mutation of a form. An ending may be
 * found by chance: wyliau (gŵyl) is not wyl-iau (wylo). */
static int is_read_mutated(const char *text, unsigned stem)
{
	size_t rows = sizeof(kzi_cy_initials) / sizeof(kzi_cy_initials[0]);
	struct kzi_cy_radical mutated;
	size_t i, k;

	if (text[0] == 'g' && text[1] && text[1] != 'w' &&
		!is_read(text + 1, strlen(text + 1), stem))
		return 0;
	for (i = 0; i < rows; i++)
		for (k = 0; k < KZI_CY_RADICALS; k++) {
			const struct kzi_cy_initial *row = &kzi_cy_initials[i];
			size_t cut = strlen(row->radicals[k]);

			if (!cut || strncmp(text, row->radicals[k], cut))
				continue;
			kzi_cy_radical_set(&mutated, row->written, text + cut,
				strlen(text + cut));
			if (!is_read(mutated.text, mutated.length, stem))
				return 0;
		}
	return 1;
}

/* Store what the rules get wrong. Returns how many forms that were. */
static int add_exceptions(void)
{
	int i, added = 0;

	for (i = 0; i < form_count; i++) {
		const struct form *form = &forms[i];
		const struct lemma *lemma = &lemmas[form->lemma];
		struct kzi_cy_entry *entry;

		if (i && !strcmp(forms[i - 1].text, form->text))
			continue;
		if (is_read(form->text, strlen(form->text), lemma->stem) &&
			(form->is_regular ||
				is_read_mutated(form->text, lemma->stem)))
			continue;
		entry = &entries[intern(form->text)];
		if (entry->whole == lemma->stem &&
			entry->whole_weight == form->weight)
			continue;
		entry->whole = (uint16_t)lemma->stem;
		entry->whole_weight = (uint8_t)form->weight;
		added++;
	}
	return added;
}

static void sort_forms(void)
{
	int i, kept = 0;

	for (i = 0; i < form_count; i++)
		if (!forms[i].is_base)
			forms[kept++] = forms[i];
	form_count = kept;
	qsort(forms, (size_t)form_count, sizeof(forms[0]), compare_forms);
	for (i = 1; i < form_count; i++)
		check_fixed(&forms[i - 1], &forms[i]);
}

/* ---- Writing ----------------------------------------------------------- */

static void write_pool(void)
{
	unsigned i;
	size_t k;

	printf("static const char cy_pool[] =");
	for (i = 1; i < entry_count; i++) {
		const char *key = pool + entries[i].key;

		fputs(i % 8 == 1 ? "\n\t\"" : "", stdout);
		for (k = 0; k < entries[i].length; k++)
			if (key[k] & 0x80)
				printf("\\%03o", (unsigned)(key[k] & 0xFF));
			else
				putchar(key[k]);
		fputs(i % 8 == 0 || i + 1 == entry_count ? "\"" : "", stdout);
	}
	printf(";\n\n");
}

static void write_entries(void)
{
	unsigned i;

	printf("static const struct kzi_cy_entry cy_entries[] = {\n");
	for (i = 0; i < entry_count; i++)
		printf("\t{ %u, %u, %u, %u, %u, %u },\n",
			(unsigned)entries[i].key, entries[i].whole,
			entries[i].base, entries[i].length,
			entries[i].whole_weight, entries[i].base_weight);
	printf("};\n\n");
}

/* Half of the slots or more are free, so that a miss ends soon. */
static void write_slots(void)
{
	static uint16_t fewer[MOST_SLOTS];
	uint32_t count = 1, slot;
	unsigned i;

	while (count < 2 * entry_count)
		count *= 2;
	for (i = 1; i < entry_count; i++) {
		slot = kzi_cy_hash(pool + entries[i].key, entries[i].length) &
			(count - 1);
		while (fewer[slot])
			slot = (slot + 1) & (count - 1);
		fewer[slot] = (uint16_t)i;
	}
	printf("static const uint16_t cy_slots[%u] = {", (unsigned)count);
	for (slot = 0; slot < count; slot++)
		printf("%s%u,", slot % 12 ? " " : "\n\t", fewer[slot]);
	printf("\n};\n");
}

int main(int argc, char **argv)
{
	FILE *file;
	int round;

	if (argc != 2) {
		fprintf(stderr, "usage: compile_cy LEXICON > HEADER\n");
		return 2;
	}
	path = argv[1];
	file = fopen(path, "r");
	if (!file) {
		perror(path);
		return 1;
	}
	read_lexicon(file);
	fclose(file);
	check_repeated();
	add_bases();
	add_regular_forms();
	add_unaccented_forms();
	sort_forms();
	/* An exception may spoil a form that was right before it: tell the
	 * rules again, until nothing is new or nothing can be helped. */
	for (round = 0; round < 4 && add_exceptions(); round++)
		;
	printf("/* Made by compile_cy from %d lemmas: do not edit. */\n\n",
		lemma_count);
	write_pool();
	write_entries();
	write_slots();
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
