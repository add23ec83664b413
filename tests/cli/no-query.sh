"$KALAUZ_QUERY" index
