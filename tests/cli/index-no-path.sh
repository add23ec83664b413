# A PATH that is not there is a slip: nothing is taken for gone.
. "$KIT"
two_pages pages
index ix pages
before=$(sums ix)
index ix pagse
index ix pages nowhere
index --dump nowhere
index ix
index
[ "$before" = "$(sums ix)" ] && echo untouched
