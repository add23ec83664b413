# Pages of a phrase or a beginning fit together, however short they are, and hold
# one passage of every document where only one is wanted.
for query in '"learning community"' 'learn*'; do
	"$KALAUZ_QUERY" --format tsv --per-document 1 -n 60 "$INDEX" \
		"$query" | cut -f 1-3 >all
	for rank in $(cut -f 1 all); do
		"$KALAUZ_QUERY" --format tsv --per-document 1 -n 1 \
			--offset $((rank - 1)) "$INDEX" "$query" | cut -f 1-3
	done >pages
	test -s all && cmp all pages
done
