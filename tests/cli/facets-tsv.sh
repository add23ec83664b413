# Columns have no room for them.
"$KALAUZ_QUERY" --facets --format tsv "$SMALL" chair
