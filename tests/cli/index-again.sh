# A second run reads nothing anew and leaves every byte as it is.
. "$KIT"
two_pages pages
: >pages/empty.txt
printf '\0' >pages/binary.txt
index ix pages
before=$(sums ix)
index -v ix pages
[ "$before" = "$(sums ix)" ] && echo untouched
# Another time on the file, the same bytes in it.
touch -d '2001-01-01' pages/a.txt
index ix pages
query ix chair
