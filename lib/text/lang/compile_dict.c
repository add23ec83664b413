/* compile_dict.c -- build-time program: a Hunspell dictionary into tables of C.
 *
 *     compile_dict NAME.aff NAME.dic [CLASSES [NAME.forms]] > NAME.h
 *
 * Read are the words, the suffix rules with what may follow them, and the base
 * forms that the dictionary itself names (st:, $...$, PREAO90=); prefixes,
 * suggestions and compound patterns are not. CLASSES are suffix classes to
 * leave out, because they make other words rather than forms (-ness, -mente),
 * separated by commas. NAME.forms is ours and says what the dictionary does
 * not:
 *
 *     -eix -ir        a word in -eix without classes is a form of that in -ir
 *     +ică -ic        so is one that has classes
 *     făcut face      a form and its base form
 *
 * All is stored without accents. See text/dict.h for the tables.
 *
 * The program runs once and ends, so its arrays are static. */
#include "compile_dict.h"

int main(int argc, char **argv)
{
	static struct dictionary dict;
	static struct tables tables;

	if (argc < 3)
		die("usage: compile_dict NAME.aff NAME.dic "
		    "[CLASSES [NAME.forms]]");
	dict.left_out = argc > 3 ? argv[3] : "";
	read_rules(&dict, argv[1]);
	read_words(&dict, argv[2]);
	merge_words(&dict);
	if (argc > 4)
		add_forms(&dict, argv[4]);
	prepare_rules(&tables, &dict);
	build_automaton(&tables, &dict);
	write_tables(&tables, &dict);
	return 0;
}
