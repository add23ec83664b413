# word* finds short words too, which are filed by stems shorter than they are, or
# by others.
. "$KIT"
cat >l.jsonl <<'END'
{"id": "en", "lang": "en", "text": "Two cats sat on the wall."}
{"id": "it", "lang": "it", "text": "Le case del paese guardano il mare."}
{"id": "pt", "lang": "pt", "text": "As crianças vão ao rio com os cães."}
END
"$KALAUZ_INDEX" -q i l.jsonl
for query in 'cats*' 'case*' 'mare*' 'cães*' 'cat* -cats*'; do
	echo "$query"
	query --no-suggest i "$query" 2>&1
done
