# Pipes, dead links and loops are told; the index is not read into itself.
. "$KIT"
two_pages pages
mkfifo pages/pipe.txt
ln -s nowhere pages/dead.txt
ln -s .. pages/loop
ln -s a.txt pages/link.txt
mkdir pages/.hidden
echo "The hidden chair." >pages/.hidden/c.txt
index pages/ix pages
index pages/ix pages
