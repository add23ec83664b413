"$KALAUZ_QUERY" "$SMALL" reading -n1 room --format=tsv | cut -f1,3
"$KALAUZ_QUERY" --format=tsv -n 1 -- "$SMALL" reading room | cut -f1,3
