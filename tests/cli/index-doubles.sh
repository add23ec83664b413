# Two files of one name: the first is read, the other told, every time.
. "$KIT"
two_pages one
mkdir two
echo "Another chair." >two/a.txt
index ix one/a.txt two/a.txt
index ix one/a.txt two/a.txt
query ix chair
# Folders tell them apart.
index ix one two
