# Elements 100,000 deep neither end the run nor hide the words within.
. "$KIT"
mkdir pages
deep() {
	awk -v open="$1" -v text="$2" -v close_="$3" 'BEGIN {
		for (i = 0; i < 100000; i++) printf "%s", open
		printf "%s", text
		for (i = 0; i < 100000; i++) printf "%s", close_
	}'
}
deep '<div>' 'the deep chair' '</div>' >pages/div.html
deep '<table><tr><td>' 'the deep table' '' >pages/table.html
deep '<b><i>' 'the deep lamp' '</i></b>' >pages/bold.html
deep '<!-- <' ' the deep comment' '' >pages/comment.html
index ix pages | sed 's/[0-9]* passages: .*/passages/'
query ix chair
query ix lamp
