"$KALAUZ_QUERY" --analyze en --format jsonl the chairs
