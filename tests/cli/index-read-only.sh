# Where one may not write nothing is written; what is there still answers.
. "$KIT"
may_drop_rights || skip "the rights of root cannot be dropped"
index() {
	without_rights "$KALAUZ_INDEX" "$@" 2>&1 | sed 's/ in [0-9.]* s$//'
}
two_pages pages
mkdir there
chmod a-w there
index there/ix pages
chmod u+w there
index there/ix pages
echo "The lamp." >pages/c.txt
chmod -R a-w there
index there/ix pages
index --rebuild there/ix pages
query there/ix school
chmod -R u+w there
echo "- below a file"
index pages/a.txt/ix pages
index pages/a.txt pages
