# Files with nothing in them are told, and an index of nothing is an index.
. "$KIT"
mkdir pages
: >pages/empty.html
: >pages/empty.txt
printf ' \n\t\n\n' >pages/blank.txt
printf '<html><body><script>x()</script></body></html>' >pages/script.html
index ix pages
query ix chair
index --check ix
