"$KALAUZ_QUERY" --limit=1000001 index word
