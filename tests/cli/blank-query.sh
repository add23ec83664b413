"$KALAUZ_QUERY" index '' ' '
