"$KALAUZ_QUERY" --limt 5 index word
