"$KALAUZ_QUERY" --analyze en ''
