"$KALAUZ_QUERY" --lang= index word
