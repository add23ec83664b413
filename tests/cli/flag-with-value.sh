"$KALAUZ_QUERY" --all=yes index word
