# A run that is killed at any time leaves the old index or a part of the new
# one, and the next run ends as if nothing had happened.
. "$KIT"
mkdir pages
awk 'BEGIN { srand(7); for (f = 1; f <= 40; f++) {
	file = sprintf("pages/%02d.jsonl", f)
	for (i = 1; i <= 300; i++) {
		printf "{\"id\": \"d%d-%d\", \"lang\": \"en\", \"text\": \"", f, i >file
		for (j = 0; j < 80; j++) printf "w%d ", int(rand() * rand() * 5000) >file
		print "\"}" >file
	} } }'
queries() {
	for word in w1 w20 w300 w4000 w77 'w5 w6 w7'; do
		"$KALAUZ_QUERY" -n 20 --format tsv "$1" "$word" | cut -f 1-4
	done
}
"$KALAUZ_INDEX" -q clean pages
queries clean >wanted
for delay in 0.05 0.3 0.8; do
	"$KALAUZ_INDEX" -q ix pages &
	sleep $delay
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	# No index yet (3), or a whole one.
	"$KALAUZ_INDEX" --check ix 2>/dev/null || [ $? -eq 3 ] || echo "damaged after $delay"
	[ ! -e ix/kalauz.index ] || "$KALAUZ_INDEX" --check ix
done 2>/dev/null
"$KALAUZ_INDEX" -q ix pages
queries ix | cmp - wanted && echo "as from one run"
# A rebuild that is killed leaves the old index.
"$KALAUZ_INDEX" --rebuild -q ix pages &
sleep 0.3
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
queries ix | cmp - wanted && echo "the old one answers"
"$KALAUZ_INDEX" -q ix pages
queries ix | cmp - wanted && echo "and goes on"
ls ix | grep -c '^[0-9]'
