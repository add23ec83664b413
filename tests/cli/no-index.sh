"$KALAUZ_QUERY" nowhere word
