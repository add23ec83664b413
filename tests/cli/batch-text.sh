printf 'q1\tafon\nq2\tzzyzx\n' |
	"$KALAUZ_QUERY" --batch - -n 1 --lang cy "$SMALL"
