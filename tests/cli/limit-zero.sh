# Nothing shown, but counted.
"$KALAUZ_QUERY" -n 0 "$SMALL" reading
