# An id may be a number, as many programs write it, also one that no machine word
# holds; what is neither string nor number is no id, and a key counts only where
# it belongs to the document itself.
. "$KIT"
cat >l.jsonl <<'END'
{"id": 7, "text": "A chair of oak."}
{"id": -99999999999999999999, "text": "A chair of beech."}
{"id": true, "text": "A chair of pine."}
{"id": "old", "id": "new", "text": "A chair of elm."}
{"more": {"id": "inner", "text": "A table."}, "id": "outer", "text": "A chair."}
END
index i l.jsonl
"$KALAUZ_QUERY" --format trec i chair | cut -d ' ' -f 3 | sort
"$KALAUZ_QUERY" --format trec i table | wc -l
