# A folder with other things in it is not taken for an index.
. "$KIT"
two_pages pages
two_pages mine
index mine pages
index --rebuild mine pages
ls mine
