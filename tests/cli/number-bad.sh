"$KALAUZ_QUERY" -n x index word
