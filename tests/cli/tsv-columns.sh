# Eight columns; nine in a batch.
"$KALAUZ_QUERY" --format tsv "$SMALL" chair | awk -F '\t' 'NF != 8'
echo chair | "$KALAUZ_QUERY" --format tsv --batch - "$SMALL" |
	awk -F '\t' 'NF != 9 || $1 != 1'
