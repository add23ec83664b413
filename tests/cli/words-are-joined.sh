# Words may come as one operand or as many.
"$KALAUZ_QUERY" --format tsv "$SMALL" reading room >many
"$KALAUZ_QUERY" --format tsv "$SMALL" 'reading room' >one
cmp one many
