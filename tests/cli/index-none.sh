# No index there: said, with 3, and nothing is made.
. "$KIT"
index --check nowhere
query nowhere chair
ls
