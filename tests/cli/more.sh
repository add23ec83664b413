# What the limit of a document kept back is told by its last hit only, and not
# at all without a limit.
"$KALAUZ_QUERY" --per-document 1 -n 1 "$INDEX" 'path:guides school' |
	grep -c '^    [0-9]* more in this document$'
more() {
	"$KALAUZ_QUERY" --per-document "$1" -n 50 --json "$INDEX" \
		'path:guides/the-school school' | grep -o '"more": [0-9]*' |
		tr '\n' ' '
	echo
}
all=$(more 0 | wc -w)
kept=$(more 2)
echo "$kept" | sed 's/[1-9][0-9]*/N/g'
sum=$(($(echo "$kept" | tr -dc '0-9 ' | sed 's/  */ + /g; s/^ + //; s/ + $//')))
[ $((sum + 2)) -eq $((all / 2)) ] || echo "2 and $sum are not $((all / 2))"
