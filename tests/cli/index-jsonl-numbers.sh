# An id may be a number, as many programs write it.
. "$KIT"
echo '{"id": 7, "text": "A chair of oak."}' >l.jsonl
index i l.jsonl
"$KALAUZ_QUERY" --format trec i chair | cut -d ' ' -f 3
