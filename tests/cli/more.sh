# What the limit of a document kept back is told by its last hit.
"$KALAUZ_QUERY" --per-document 1 "$SMALL" chair | grep more
"$KALAUZ_QUERY" --per-document 1 --json "$SMALL" chair |
	grep -o '"id": "[a-z ]*\|"more": [0-9]*'
"$KALAUZ_QUERY" --per-document 0 "$SMALL" chair | grep -c more
