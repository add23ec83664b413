# A line with a brace is a request only if it begins as an object does.
printf '%s\n' '{river' '{' '{{}}' '}' '{ "query": "river" }' '{}' |
	"$KALAUZ_QUERY" --batch - --json -n 0 "$SMALL" |
	sed 's/"took_us": [0-9]*/"took_us": N/'
