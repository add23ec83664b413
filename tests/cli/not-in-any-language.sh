# A word that must not be there must not be there in any language, and each
# passage is counted once; in a language without the word all is left.
. "$KIT"
cat >doc.jsonl <<'END'
{"id": "en", "lang": "en", "text": "The internet is open to the whole village."}
{"id": "hu", "lang": "hu", "text": "Az internet nyitva áll az egész falu előtt."}
{"id": "it", "lang": "it", "text": "La biblioteca è chiusa la domenica mattina."}
END
"$KALAUZ_INDEX" -q i doc.jsonl
for query in -internet '-"the internet"' -zzzz 'lang:hu -zzzz' '-(zz yy)'; do
	echo "$query"
	query i -- "$query"
done
query --lang it i -- -internet
"$KALAUZ_QUERY" --json i -- -internet | grep -o '"total": [0-9]*'
