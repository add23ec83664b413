"$KALAUZ_QUERY" --offset=-1 index word
