# What changed is read again, what is gone goes, with --keep it stays.
. "$KIT"
two_pages pages
index ix pages
echo "A lamp instead of what was there, in the hall of the school." >pages/a.txt
rm pages/b.txt
echo "- keep"
index --keep -v ix pages
query ix school
echo "- gone"
index -v ix pages
query ix school
query ix chair
echo "- nothing left"
rm pages/a.txt
index ix pages
query ix school
index --check ix
