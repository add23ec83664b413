"$KALAUZ_QUERY" --stem tlh
