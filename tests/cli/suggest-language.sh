# The letters of a word with a slip say little of its language: English that looks
# Italian is English where that word is nearer.
for query in comunity 'comunity learning' 'comunita scuolla'; do
	"$KALAUZ_QUERY" --json -n 1 "$INDEX" "$query" |
		grep -o '"query.*' | sed 's/"total.*"suggestion"/"suggestion"/
			s/, "corrected".*//'
done
