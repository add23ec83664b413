# Nothing for what was typed: the other spelling is asked, and that is said.
for format in text jsonl trec; do
	"$KALAUZ_QUERY" --format $format -n 1 "$SMALL" chaisr >out || exit
	grep -c . out
done
