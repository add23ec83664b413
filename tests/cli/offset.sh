# Ranks go on where the page before ended.
"$KALAUZ_QUERY" --format tsv "$SMALL" chair | cut -f1,3 >all
"$KALAUZ_QUERY" --format tsv -n 1 "$SMALL" chair | cut -f1,3 >pages
"$KALAUZ_QUERY" --format tsv --offset 1 "$SMALL" chair | cut -f1,3 >>pages
cmp all pages
