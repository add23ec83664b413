# What has a name like those that are used while a compact file is written stays
# as it was.
. "$KIT"
cp -r "$SMALL" ix
mkdir one.kalauz.new.tables
for name in one.kalauz.new one.kalauz.new.tables/mine; do
	echo mine >"$name"
done
"$KALAUZ_INDEX" --compact one.kalauz ix
echo "exit $?"
cat one.kalauz.new one.kalauz.new.tables/mine
ls
"$KALAUZ_QUERY" --format tsv one.kalauz chair | cut -f 1,3
