"$KALAUZ_QUERY" --explain --format trec index word
