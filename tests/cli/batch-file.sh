printf 'q1\tafon\nq2\tchair\n' >queries
"$KALAUZ_QUERY" --batch queries --format trec -n 1 "$SMALL" |
	sed 's/[0-9]*\.[0-9]\{6\}/SCORE/'
