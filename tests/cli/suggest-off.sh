# --no-suggest: no other spelling is told or tried.
"$KALAUZ_QUERY" --no-suggest --format tsv "$SMALL" readng chair | cut -f 3
"$KALAUZ_QUERY" --no-suggest --json "$SMALL" chaisr |
	grep -o '"total".*' | sed 's/"took_us": [0-9]*/"took_us": 0/'
"$KALAUZ_QUERY" --no-suggest "$SMALL" chaisr
