# Pages of what is like a passage fit together too: that it is left out itself
# takes no place of another one.
set -- --across --per-document 1 --format tsv "$INDEX" \
	--related 'guides/the-school-as-centre-approach.html#p2'
"$KALAUZ_QUERY" -n 45 "$@" >all
for offset in 0 5 10 15 20 25 30 35 40; do
	"$KALAUZ_QUERY" -n 5 --offset $offset "$@"
done >pages
test -s all && cmp all pages
