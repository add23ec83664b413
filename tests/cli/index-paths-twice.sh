# A file that several PATHs lead to is one file; a folder that is called "." has
# its own name beside others.
. "$KIT"
two_pages top/one
mkdir top/two
echo "Another chair." >top/two/a.txt
index ix top/one top/one/. top/one/
cd top/one || exit
index ../../ix . ../two
query ../../ix chair
