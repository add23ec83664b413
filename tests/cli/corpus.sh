# A guide that is about it comes first.
"$KALAUZ_QUERY" --format tsv -n 1 "$INDEX" festival approach | cut -f3
