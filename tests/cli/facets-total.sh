# Who counts all matches tells their number, and does not guess another one.
for query in 'village school and library' '"learning community"' 'learn*'; do
	"$KALAUZ_QUERY" --facets -n 1 "$INDEX" "$query" | grep -A 1 passage |
		tr ':,' '\n\n' | awk '
			NR == 1 { total = $(NF - 1); guess = /about/ }
			NR > 2 { sum += $2 }
			END { print (guess ? "about" : "all"), total == sum }'
done
