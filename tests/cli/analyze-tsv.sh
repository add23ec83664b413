"$KALAUZ_QUERY" --analyze en --format tsv word
