# What a document is, and from where: a kalauz.ini says it of all below it, the
# nearer one first; else the names of folders do, those above the PATH too. What
# a page says itself counts most. A change there is one of the documents.
. "$KIT"
mkdir -p a/stories/hungary a/own/deep
for file in stories/hungary/x.txt own/y.txt own/deep/z.txt; do
	echo "The words of a chair." >"a/$file"
done
echo '<meta name="kind" content="guide"><p>The words of a chair.' >a/own/p.html
origins() {
	"$KALAUZ_INDEX" --dump "$@" |
		sed 's/.*"document": "\([^"]*\)".*"kind": \([^,]*\), "place": \([^,]*\),.*/\1 \2 \3/'
}
echo '# names'
origins a
origins a/stories
origins a/stories/hungary
origins a/stories/hungary/x.txt
echo '# kalauz.ini'
printf 'kind = story\nplace = Évora\n' >a/own/kalauz.ini
printf 'kind = material ; but the place\n' >a/own/deep/kalauz.ini
origins a/own
origins a/own/y.txt
echo '# changed'
index i a
sed -i 's/Évora/Lisboa/' a/own/kalauz.ini
index i a
index i a
query i 'chair place:Lisboa'
echo '# wrong'
echo 'kind = tale' >a/own/deep/kalauz.ini
index i a
