"$KALAUZ_QUERY" "$SMALL" chair >/dev/full
