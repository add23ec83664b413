# What must not be there restricts what is found, and is no wish of its own:
# with a word that is nowhere nothing is found, alone everything else is.
count() {
	"$KALAUZ_QUERY" --format tsv --no-suggest -n 100 "$SMALL" -- "$1" 2>/dev/null | wc -l
}
for query in chair 'chair -zzz' '-chair' 'zzz -chair' '(zzz) -chair' '"zz yy" -chair'; do
	echo "$query: $(count "$query")"
done
