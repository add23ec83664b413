"$KALAUZ_QUERY" --analyze tlh word
