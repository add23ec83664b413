# How the query was read, and what each word gave to each hit.
"$KALAUZ_QUERY" --explain --lang en "$SMALL" 'reading "a chair" -bread room (' |
	sed -n '/^query/,/^$/p' | sed 's/[0-9]*\.[0-9]*/N/g'
