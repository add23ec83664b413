# An index whose words another version analysed would answer wrongly, so it does
# not answer. Its fingerprint is 16 digits in the tables of the store.
. "$KIT"
two_pages pages
index ix pages
ours=$("$KALAUZ_INDEX" --version >/dev/null && grep -aoE '[0-9a-f]{16}' \
	ix/1/postlist.glass | head -n 1)
[ -n "$ours" ] || skip "the fingerprint is not found in the table"
sed -i "s/$ours/0123456789abcdef/" ix/1/postlist.glass
rm ix/1/seal # It would say that bytes have changed.
before=$(sums ix)
query ix chair
index ix pages
[ "$before" = "$(sums ix)" ] && echo untouched
index --rebuild ix pages
query ix chair
