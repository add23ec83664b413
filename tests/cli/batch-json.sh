# Requests in JSON and plain lines in one conversation; errors are answers.
printf '%s\n' '{"id": 7, "query": "afon", "limit": 0}' \
	'q2	chair' '{"query": "afon", "limt": 3}' \
	'{"id": "x", "related": "nothing#p1"}' '{"query": ' |
	"$KALAUZ_QUERY" --batch - --format trec "$SMALL" |
	sed 's/"took_us": [0-9]*/"took_us": N/; s/ [0-9.]* kalauz/ SCORE kalauz/'
