# All matches by language, kind and place; --limit does not matter.
"$KALAUZ_QUERY" --facets -n 1 "$SMALL" 'room OR sedia' | tail -n 4
"$KALAUZ_QUERY" --facets -n 0 --json "$SMALL" 'room OR sedia' |
	grep -o '"facets".*'
"$KALAUZ_QUERY" --facets -n 0 --json "$SMALL" '"reading room"' |
	grep -o '"facets".*'
"$KALAUZ_QUERY" --facets --json "$SMALL" qxwvzz | grep -o '"facets".*'
