/* stem_it.c -- see stem_it.h. */
#include "text/stem_it.h"

#include <string.h>

#include "text/lang.h"

static int ends_with(const char *word, size_t length, const char *ending)
{
	size_t size = strlen(ending);

	return length >= size && !memcmp(word + length - size, ending, size);
}

/* 1 if the word ends in one of them; the last one is NULL. */
static int ends_in_one(
	const char *word, size_t length, const char *const *endings)
{
	while (*endings && !ends_with(word, length, *endings))
		endings++;
	return *endings != NULL;
}

/* ---- Before Snowball --------------------------------------------------- */

/* ---- Italian ----------------------------------------------------------- */

/* Pronouns behind an infinitive or a gerund, the longer first. */
static const char pronouns[] = " gliele glieli gliela glielo gliene"
			       " sele seli sela selo sene mele meli mela melo"
			       " mene tele teli tela telo tene cele celi cela"
			       " celo cene vele veli vela velo vene"
			       " gli mi ti si ci vi lo la li le ne ";

/* The bytes of the pronouns that a word ends in, longest first, or 0; before
 * them an infinitive ends in r, a gerund in o. */
static size_t pronoun_length(const char *word, size_t length)
{
	size_t size;

	for (size = 6; size >= 2; size--)
		if (length > size && strchr("ro", word[length - size - 1]) &&
			kzi_list_has(pronouns, word + length - size, size))
			return size;
	return 0;
}

/* Nouns and adjectives that end as if they had one: "esperti" is no verb. */
static const char no_pronouns[] =
	" allarmi alterne aperti caverne cisterne commerci comparti concerti"
	" coperti deserti diversi esperti esterne eterne fraterne gendarmi"
	" incerti inermi inesperti infarti inferme infermi inserti interne"
	" lanterne materne moderne odierne offerti paterne quarti reparti"
	" reperti scarne scarsi scarti schermi scoperti sofferti subalterne"
	" taverne universi ";

/* "punirlo" => "punire", "facendolo" => "facendo". */
static size_t cut_pronouns(char *out, size_t length)
{
	size_t size = pronoun_length(out, length), left = length - size;

	if (!size || left < 3 ||
		(left == 3 && !kzi_list_has(" far dar dir ", out, left)))
		return length; /* "parlo" is no infinitive. */
	if (kzi_list_has(no_pronouns, out, length))
		return length;
	if (ends_with(out, left, "ando") || ends_with(out, left, "endo"))
		return left;
	if (!ends_with(out, left, "ar") && !ends_with(out, left, "er") &&
		!ends_with(out, left, "ir"))
		return length;
	if (ends_with(out, length, "versi"))
		return length;
	out[left] = 'e';
	return left + 1;
}

/* Superlatives, of adjectives in -e where Snowball would take more than a vowel
 * of one in -o: felicissimo, importantissimo. */
static const char *const in_e[] = { "felic", "semplic", "ant", NULL };

/* "bellissima" => "bello", "ricchissimo" => "ricco". */
static size_t cut_superlative(char *word, size_t length)
{
	size_t left = length - 6; /* issimo */

	if (length < 9 || !strchr("oaie", word[length - 1]) ||
		memcmp(word + left, "issim", 5) != 0)
		return length;
	if (ends_with(word, left, "ch") || ends_with(word, left, "gh"))
		left--;
	word[left] = ends_in_one(word, left, in_e) ? 'e' : 'o';
	return left + 1;
}

/* Nouns in -aio, and others, that end as a remote past does. */
static const char in_ai[] =
	" ormai assai benzinai bottai burattinai calzolai cucchiai fiorai"
	" formicai fornai giornalai lattai macellai marinai migliai mugnai"
	" notai operai orologiai pagliai pollai rosai salvadanai samurai solai"
	" tabaccai telai usurai vetrai vivai ";

/* "parlai" => "parlare"; Snowball knows parlerai. */
static size_t cut_past(char *word, size_t length)
{
	if (length < 5 || !ends_with(word, length, "ai") ||
		ends_with(word, length, "erai") ||
		ends_with(word, length, "irai") ||
		kzi_list_has(in_ai, word, length))
		return length;
	memcpy(word + length - 1, "re", 2);
	return length + 1;
}

/* "scrittrici" => "scrittori": a woman's trade is found by a man's. */
static size_t cut_feminine(char *word, size_t length)
{
	static const char no_trades[] = " matrice matrici cicatrice cicatrici ";

	if (length < 7 || !strchr("aiut", word[length - 6]) ||
		memcmp(word + length - 5, "tric", 4) != 0 ||
		!strchr("ei", word[length - 1]) ||
		kzi_list_has(no_trades, word, length))
		return length;
	word[length - 4] = 'o';
	word[length - 3] = 'r';
	word[length - 2] = word[length - 1];
	return length - 1;
}

size_t kzi_it_before(char *word, size_t length)
{
	length = cut_pronouns(word, length);
	length = cut_superlative(word, length);
	length = cut_past(word, length);
	return cut_feminine(word, length);
}

/* ---- In place of Snowball ---------------------------------------------- */

/* Endings that make other words. Snowball would take them off, and Italian
 * nouns then fall together with their verbs: comune, comunicazione. */
static const char *const makers[] = { "zione", "zioni", "sione", "sioni",
	"mento", "menti", "tore", "tori", "torio", "torie", "ismo", "ismi",
	"ista", "isti", "iste", "abile", "abili", "ibile", "ibili", "anza",
	"anze", "enza", "enze", "aggio", "aggi", "tura", "ture", "ezza", "ezze",
	"ale", "ali", "oso", "osa", "osi", "ose", "ivo", "iva", "ivi", "ive",
	"verso", "versa", "versi", "verse", "iere", "ieri", "iera" };

/* Words in -iva, -ivo and -ivi are adjectives (attiva) unless they are of a
 * verb in -ire (veniva), which these letters and verbs tell. */
static const char *const in_iva[] = { "niv", "piv", "miv", "biv", "sciv",
	"priv", "ffriv", "moriv", "feriv", "udiv", "mentiv", "sentiv", "partiv",
	"vestiv", "vertiv", "fuggiv", "agiv", NULL };

static int is_imperfect(const char *word, size_t length)
{
	return strchr("aoi", word[length - 1]) &&
		ends_in_one(word, length - 1, in_iva);
}

/* Nouns and adjectives that end as verbs do. */
static const char nouns[] =
	" abete abeti aceto aceti alimentare alito aliti altare alveare ambito"
	" ambiti angolare appetito appetiti ariete arieti cardiovascolare"
	" casolare cellulare collare complementare consolare disciplinare"
	" elementare esemplare esito esiti estate estati familiare focolare"
	" immobiliare impopolare interdisciplinare invito inviti irregolare"
	" istituto istituti lineare lunare militare molecolare muscolare"
	" nucleare oculare orbita orbite ospite ospiti paramilitare"
	" parlamentare particolare perpendicolare polare popolare preliminare"
	" regolare salutare scolare secolare singolare solare spettacolare"
	" stellare supplementare titolare udito vascolare volgare ";

/* The bytes that tell number and gender, with the i of viaggio, vittorie and
 * laboratorio that viaggi and laboratori have no more of. */
static size_t number_length(const char *word, size_t length)
{
	return ends_with(word, length, "io") || ends_with(word, length, "ie")
		? 2
		: 1;
}

/* A noun or adjective by its ending: only the vowel of number and gender goes.
 * Returns what is left of it, or 0. */
size_t kzi_it_stem(const char *word, size_t length)
{
	size_t i;

	if (length > 4 && ends_with(word, length, "t\xC3\xA0"))
		return length;
	if (ends_with(word, length, "gliere") ||
		ends_with(word, length, "mpiere"))
		return 0; /* Verbs: scegliere. */
	if (length > 4 && is_imperfect(word, length))
		return 0;
	if (kzi_list_has(nouns, word, length) ||
		kzi_list_has(no_pronouns, word, length))
		return length - 1;
	for (i = 0; i < sizeof(makers) / sizeof(makers[0]); i++)
		if (length >= strlen(makers[i]) + 2 &&
			ends_with(word, length, makers[i]))
			return length - number_length(word, length);
	return 0;
}

enum { LEAD_LEAST = 6 };

/* Snowball looks for endings behind the second vowel of a word that begins with
 * one, so that aprire has none; behind the third letter of others. In short
 * words more than number would go (anno, Anna): those are in it.dic. */
size_t kzi_it_lead(char *word, size_t length)
{
	static const char vowels[] = "aeiou";

	if (length < LEAD_LEAST || !strchr(vowels, word[0]) ||
		strchr(vowels, word[1]))
		return 0;
	memmove(word + 1, word, length);
	word[0] = 'b';
	return 1;
}

/* ---- Behind Snowball --------------------------------------------------- */

/* Nouns and adjectives that end as verbs do, but have a stem with their plurals
 * that no verb has: telefono, telefoni; genere, generi; americano, americana.
 * Those in -are are few beside the verbs, whose infinitives would weigh twice,
 * and are listed above. */
static const char *const verbal[] = { "ano", "ono", "ere", NULL };
static const char *const of_verbs[] = { "vano", "rono", "scono", NULL };

size_t kzi_it_second(const char *word, size_t length)
{
	return length > 5 && ends_in_one(word, length, verbal) &&
			!ends_in_one(word, length, of_verbs)
		? length - 1
		: 0;
}

/* The h of laghi and paghi, which goes with its ending. */
size_t kzi_it_after(const char *stem, size_t length, size_t word_length)
{
	return length < word_length && length > 3 &&
			(ends_with(stem, length, "ch") ||
				ends_with(stem, length, "gh"))
		? length - 1
		: length;
}

