# The id is an operand like any other: exit 2.
"$KALAUZ_QUERY" --related 'nobody#p1' "$SMALL"
