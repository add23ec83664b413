"$KALAUZ_QUERY" --stem en word
