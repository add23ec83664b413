"$KALAUZ_QUERY" --offset 100 "$SMALL" chair
