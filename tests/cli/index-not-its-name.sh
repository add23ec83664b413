# Content decides: a picture is no page whatever its name.
. "$KIT"
mkdir pages
printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\1\0' >pages/picture.html
printf 'MZ\220\0\3\0\0\0\4\0\0\0' >pages/program.txt
printf '<!DOCTYPE html><html lang="en"><body><p>The chair is a page.</p>' >pages/page.txt
printf 'The table is text.\n' >pages/text.html
printf '{"id": "x"}\n' >pages/data.xyz
index ix pages
query ix chair
query ix table
