"$KALAUZ_QUERY" --explain "$SMALL" floating | head -n 1
