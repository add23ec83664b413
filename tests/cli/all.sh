# "some" and "every".
"$KALAUZ_QUERY" --format tsv --any "$SMALL" reading lamp river | cut -f3 | sort
"$KALAUZ_QUERY" --format tsv --all "$SMALL" reading lamp | cut -f3
