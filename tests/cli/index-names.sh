# Names of files are bytes: spaces, line ends, quotation marks, no UTF-8.
. "$KIT"
mkdir 'pages' "pages/with space"
echo "The chair." >"pages/with space/a page.txt"
echo "The table." >"pages/$(printf 'two\nlines').txt"
echo "The lamp." >"pages/$(printf 'caf\351').txt" 2>/dev/null ||
	skip "this file system wants UTF-8"
echo "The door." >'pages/"quoted" $(x) %20.txt'
echo "The roof." >"pages/-n.txt"
: >"pages/$(printf 'empty\n\033[31m').txt"
index ix pages
index -v ix pages | grep -v '^exit' | iconv -f UTF-8 -t UTF-8
"$KALAUZ_INDEX" --json ix pages | iconv -f UTF-8 -t UTF-8 | wc -l
for word in chair table lamp door roof; do
	"$KALAUZ_QUERY" --json ix $word | grep -o '"document": "[^,]*"'
	"$KALAUZ_QUERY" --format trec ix $word | awk '{ print NF }'
done
# Once indexed, they are known again.
index ix pages | tail -n 2
