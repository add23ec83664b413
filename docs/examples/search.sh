#!/bin/sh
# search.sh -- hits by language, with jq.
#
#   search.sh INDEX QUERY
#
# Prints a line a hit, and at the end how many passages there are in each
# language. kalauz-query ends with 1 if it finds nothing, 2 and 3 on failure.

set -e
if [ $# -ne 2 ]; then
	echo "usage: search.sh INDEX QUERY" >&2
	exit 2
fi
answer=$(kalauz-query --json --facets -n 3 -- "$1" "$2") || {
	code=$?
	[ "$code" -eq 1 ] || exit "$code"
}
# Spans count bytes and jq counts characters: each is followed by as many -1 as it
# has further bytes.
printf '%s\n' "$answer" | jq -r '
	def words: (.text | explode | map(
			if . < 128 then [.]
			elif . < 2048 then [., -1]
			elif . < 65536 then [., -1, -1]
			else [., -1, -1, -1] end) | add) as $bytes
		| [.spans[] | $bytes[.[0]:.[0] + .[1]]
			| map(select(. >= 0)) | implode] | join(", ");
	(.hits[] | [.id, .title, words] | @tsv),
	(.facets.lang | to_entries[] | "\(.key): \(.value)")'
