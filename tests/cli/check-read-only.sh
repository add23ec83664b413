# What may only be read is checked as well, and is not called damaged for that.
. "$KIT"
may_drop_rights || skip "the rights of root cannot be dropped"
two_pages pages
index -q ix pages
chmod -R a-w ix
without_rights "$KALAUZ_INDEX" --check ix 2>&1
echo "whole: $?"
chmod -R u+w ix
postings=$(echo ix/*/postlist.glass)
rm ix/*/seal
head -c 8192 /dev/zero | tr '\0' x |
	dd of="$postings" bs=8192 seek=0 conv=notrunc 2>/dev/null
chmod -R a-w ix
without_rights "$KALAUZ_INDEX" --check ix 2>&1
echo "damaged: $?"
chmod -R u+w ix
