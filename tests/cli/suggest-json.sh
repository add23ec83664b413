# Both keys, with --batch too; nothing on stderr.
for query in chair chaisr 'readng chair' '"chaisr"' 'chaisr 2007'; do
	echo "$query"
done >queries
"$KALAUZ_QUERY" --json --batch queries "$SMALL" |
	grep -o '"query".*"hits": .' | sed 's/"took_us": [0-9]*/"took_us": 0/'
