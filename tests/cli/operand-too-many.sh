"$KALAUZ_QUERY" --batch - index word
