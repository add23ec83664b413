# One file in place of the folder: the same answers, and it checks. It does not
# hold what was removed, nor can it be written to.
. "$KIT"
cp -r "$INDEX" ix
"$KALAUZ_INDEX" --compact one.kalauz ix
"$KALAUZ_INDEX" --check one.kalauz && echo whole
for query in community közösség comunitati; do
	"$KALAUZ_QUERY" --format tsv ix "$query" >folder.tsv
	"$KALAUZ_QUERY" --format tsv one.kalauz "$query" | cmp - folder.tsv
done
ls
printf x | dd of=one.kalauz bs=1 seek=30 conv=notrunc 2>/dev/null
"$KALAUZ_QUERY" one.kalauz community
echo "exit $?"
