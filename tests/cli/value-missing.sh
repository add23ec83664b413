"$KALAUZ_QUERY" index word --limit
