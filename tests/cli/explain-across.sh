# What a hit owes to a translation is told under the word that was translated.
cat >d.jsonl <<'END'
{"id": "falu", "lang": "hu", "text": "A falvak közössége a tanulóházban gyűlt össze, és megbeszélték, mi legyen."}
{"id": "hall", "lang": "en", "text": "The village hall was full that morning."}
END
"$KALAUZ_INDEX" -q --no-installed ix d.jsonl
"$KALAUZ_QUERY" --across --explain ix village community | grep -A 2 '^[0-9].*:' |
	sed 's/: words.*//; s/ [0-9.]*$//; s/^[0-9.]* //'
