# Damage is told, with 3, and mended by --rebuild.
. "$KIT"
two_pages pages
index ix pages
truncate -s -3 ix/1/passages.text
query ix chair
index --check ix
index --rebuild ix pages
printf '\377' | dd of=ix/2/passages.text bs=1 seek=30 conv=notrunc 2>/dev/null
index --check ix
query ix school
index --rebuild ix pages
: >ix/3/postlist.glass
index --check ix
query ix chair
index ix pages
index --rebuild ix pages
query ix chair
