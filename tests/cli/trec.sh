# Six fields, whatever the name of the document; a line a document.
"$KALAUZ_QUERY" --format trec --run 'my run' "$SMALL" river chair |
	sed 's/[0-9]*\.[0-9]\{6\}/SCORE/' | grep flood
"$KALAUZ_QUERY" --format trec "$SMALL" chair the a | awk 'NF != 6'
