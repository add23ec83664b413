# TAB, no TAB, nothing (which finds nothing, filter or not), CRLF, no newline
# at the end.
printf 'q1\tafon\nafon\n\n\nq5\tafon\r\nq 6\tzzyzx\n\tafon' |
	"$KALAUZ_QUERY" --batch - --json --lang cy -n 1 "$SMALL" |
	sed 's/"version.*"query"/"query"/; s/, "total.*"document"/, "document"/
		s/, "url".*//; s/"took_us": [0-9]*/"took_us": N/'
