# Across languages a slip is told like elsewhere; a word that only the word table
# has is none, whether its translations are in the index or not.
cat >d.jsonl <<'END'
{"id": "hu", "lang": "hu", "text": "A falu iskolája mögött kert van, ahol a gyerekek virágot ültetnek."}
{"id": "en", "lang": "en", "text": "The village school has a library, and every gardener borrows from it."}
END
"$KALAUZ_INDEX" -q --no-installed ix d.jsonl
printf 'en\thu\ngarden\tkert\nschool\tiskola\nlibrarian\tkönyvtáros\n' >own.tsv
"$KALAUZ_INDEX" --dictionaries --no-installed ix own.tsv >own.log
for query in 'garden scholl' 'garden librarian' 'garden school' 'librray'; do
	echo "$query"
	"$KALAUZ_QUERY" --across --json ix "$query" |
		grep -o '"suggestion": [^,]*'
done
