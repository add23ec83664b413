"$KALAUZ_QUERY" --lang tlh "$SMALL" chair
