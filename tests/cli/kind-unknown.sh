"$KALAUZ_QUERY" --kind poem "$SMALL" chair
