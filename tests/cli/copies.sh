# The same text as a page and as PDF, or printed twice, is shown once: the page,
# with the number of the others.
. "$KIT"
corpus=$CORPUS
mkdir pages
cp "$corpus/sources/italy/guida-volontari.md" pages
cp "$corpus/materials/italy-guida-volontari.pdf" pages
cp "$corpus/sources/wales/canllaw-gwirfoddolwyr.md" pages/one.md
cp pages/one.md pages/two.md
index ix pages >/dev/null
for query in 'guida per i volontari' 'canllaw i wirfoddolwyr'; do
	"$KALAUZ_QUERY" --format jsonl --per-document 50 -n 100 ix "$query" >once
	"$KALAUZ_QUERY" --format jsonl --per-document 50 -n 100 --copies ix "$query" >all
	echo "- $query"
	# Fewer hits, which say how many are missing; of a pair the page.
	awk -v all="$(wc -l <all)" '
		match($0, /"copies": [0-9]+/) {
			copies += substr($0, RSTART + 10, RLENGTH - 10)
		}
		/"copies": [1-9]/ && /"page": [1-9]/ { printed++ }
		END { print (copies > 1 && NR + copies == all \
			? "as many as there are" : NR " and " copies " of " all)
		      print printed + 0, "printed ones in the place of a page" }
	' once
	grep -c '"copies": [1-9]' all
done
"$KALAUZ_QUERY" -n 1 ix 'canllaw i wirfoddolwyr' | grep -c 'with this text'
"$KALAUZ_QUERY" --format trec --per-document 9 ix 'canllaw i wirfoddolwyr' | grep -c -E 'one.md|two.md'
