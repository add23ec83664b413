# A folder or file without rights is told; what was read of it before stays.
. "$KIT"
may_drop_rights || skip "the rights of root cannot be dropped"
index() {
	without_rights "$KALAUZ_INDEX" "$@" 2>&1 | sed 's/ in [0-9.]* s$//'
}
two_pages pages
two_pages pages/locked
index ix pages
chmod 0 pages/locked pages/b.txt
echo "- locked"
index ix pages
query --per-document 0 ix school
echo "- anew"
index new pages
echo "- the folder itself"
chmod 0 pages
index ix pages
echo "- unlocked"
chmod 755 pages pages/locked pages/b.txt
index ix pages
