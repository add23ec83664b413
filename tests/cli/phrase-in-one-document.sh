# A document that says a phrase a thousand times leaves room for the others, and
# what comes first does not depend on how much is shown.
. "$KIT"
mkdir pages
# book CHAPTERS: each says it a dozen times.
book() {
	awk -v chapters="$1" 'BEGIN { for (i = 0; i < chapters; i++) {
		printf "<h2>Chapter %d</h2><p>", i
		for (j = 0; j < 12; j++) printf "oak chair, number %d ", i + j
	} }' >pages/book.html
}
for page in ash elm fir yew; do
	echo "A $page is no oak. Chair $page is another thing, and a small one." \
		>pages/$page.txt
done
for chapters in 50 300 2000; do
	book $chapters
	index -q ix pages
	for query in '"oak chair"' 'oa*' 'oak NEAR/3 chair'; do
		echo "$query"
		query ix "$query" | sed '$d' | cut -f 2 | sort | uniq -c |
			sed 's/^ *//'
		for limit in 1 2 5; do
			query -n 20 ix "$query" | head -n $limit >all
			query -n $limit ix "$query" | head -n $limit |
				cmp - all
		done
	done
done
