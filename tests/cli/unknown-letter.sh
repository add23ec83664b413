"$KALAUZ_QUERY" index -word
