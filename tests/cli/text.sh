"$KALAUZ_QUERY" "$SMALL" reading room
