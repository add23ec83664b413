"$KALAUZ_QUERY" --json --related 'library#p1' -n 1 "$SMALL" | cut -c1-55
