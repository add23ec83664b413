# The second writer is told and changes nothing; readers are not hindered.
. "$KIT"
two_pages pages
index ix pages
before=$(sums ix)
echo "The lamp." >pages/c.txt
flock ix/lock "$KALAUZ_INDEX" ix pages 2>&1
echo "exit $?"
flock ix/lock "$KALAUZ_INDEX" --rebuild ix pages 2>&1
echo "exit $?"
flock ix/lock "$KALAUZ_QUERY" --format tsv ix chair | cut -f 3
[ "$before" = "$(sums ix)" ] && echo untouched
index ix pages
