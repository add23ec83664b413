# A file that is too large to be a page is told (it is sparse here), and a
# line of five million bytes is cut into passages that one can read.
. "$KIT"
mkdir pages
truncate -s 200M pages/huge.txt
awk 'BEGIN {
	for (i = 0; i < 700000; i++) printf "chair%d ", i % 1000
	printf "zebra"
}' >pages/line.txt
index ix pages | sed 's/[0-9]* passages: .*/many passages/'
query ix zebra
"$KALAUZ_QUERY" --json ix zebra | grep -o '"text": "[^"]*"' |
	awk '{ print length($0) < 20000 ? "short" : "long" }'
# Without a single space.
head -c 3000000 /dev/zero | tr '\0' x >pages/line.txt
rm pages/huge.txt
index ix pages | sed 's/[0-9]* passages: .*/many passages/'
