"$KALAUZ_QUERY" --help
