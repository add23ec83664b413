printf 'q1\tafon\n' | "$KALAUZ_QUERY" --batch - --format jsonl "$SMALL" |
	cut -c1-23
