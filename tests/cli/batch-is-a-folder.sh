mkdir folder
"$KALAUZ_QUERY" --batch folder "$SMALL"
