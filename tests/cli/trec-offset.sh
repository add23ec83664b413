# Ranks go on where the last page ended, as in the other formats.
"$KALAUZ_QUERY" --format trec --offset 1 "$SMALL" chair | cut -d ' ' -f 3,4
