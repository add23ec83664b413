# An index of another version is neither read nor written over, unless told.
. "$KIT"
two_pages pages
index ix pages
sed -i 's/^format .*/format 99/' ix/kalauz.index
before=$(sums ix)
query ix chair
index ix pages
index --check ix
[ "$before" = "$(sums ix)" ] && echo untouched
echo "- half a pointer"
printf 'kalauz index\nform' >ix/kalauz.index
query ix chair
index ix pages
echo "- rebuilt"
index --rebuild ix pages
query ix chair
