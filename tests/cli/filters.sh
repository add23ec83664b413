"$KALAUZ_QUERY" --format tsv --lang en --kind guide "$SMALL" chair | cut -f3
"$KALAUZ_QUERY" --format tsv --place hungary "$SMALL" reading room | cut -f3
