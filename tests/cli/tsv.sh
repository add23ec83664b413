"$KALAUZ_QUERY" --format tsv -n 1 "$SMALL" floating |
	sed 's/[0-9]*\.[0-9]\{6\}/SCORE/'
