# Bytes that are no UTF-8 do not hide the words around them, and what comes out
# is well-formed.
. "$KIT"
mkdir pages
printf 'The chair \377\376 and the \303( table \355\240\200 in the hall.\n' \
	>pages/bytes.txt
printf '\357\273\277The lamp stands in the hall.\n' >pages/mark.txt
printf '{"id": "bad \377 id", "text": "window"}\n{"id":"door","text":"door"}\n' \
	>pages/lines.jsonl
index ix pages
query ix chair
query ix table
query ix lamp
query ix door
"$KALAUZ_QUERY" --json ix chair | iconv -f UTF-8 -t UTF-8 >/dev/null && echo well-formed
"$KALAUZ_QUERY" --json ix "$(printf 'chair \377 \303')" | iconv -f UTF-8 -t UTF-8 >/dev/null &&
	echo well-formed
