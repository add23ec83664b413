# kalauz.ini names what its folder leaves out, as any editor may write it; what
# is named on the command line is read.
. "$KIT"
mkdir -p d/drafts d/sub
for file in a.txt b.txt drafts/c.txt sub/a.txt 'sub/x y.txt'; do
	echo "The words of a chair." >"d/$file"
done
printf '; not documents\r\nignore = drafts , b.txt ; nor this\r\nother = 1\r\n' \
	>d/kalauz.ini
printf '\357\273\277ignore=x y.txt' >d/sub/kalauz.ini
index -v i d
index -v i d/b.txt
