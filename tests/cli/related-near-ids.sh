# What only looks like an id is none: not the passage with the number it begins with.
id=$("$KALAUZ_QUERY" --json -n 1 "$SMALL" chair |
	sed 's/.*"id": "\([^"]*\)".*/\1/')
for end in '' x ' ' .0 00000000000000000000 4294967296; do
	"$KALAUZ_QUERY" --format trec "$SMALL" --related "$id$end" \
		>/dev/null 2>&1
	echo $?
done
