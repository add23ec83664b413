"$KALAUZ_QUERY" --analyze hu --json házban és
