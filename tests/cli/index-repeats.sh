# What stands at the beginning or end of each page of a site is none of their
# text, whatever it is called; what stands so on a few is. It is the same after
# any runs as after one, and a letter that pages have in common is no reason to
# take half of their text.
. "$KIT"
mkdir -p site/news site/forms
page() {
	{
		echo "<p>The village of Upper Valley greets all who come.</p>"
		echo "<h1>$2</h1><p>Here we tell of the $2: $3</p>"
		echo "<h2>Notes</h2><p>More on the $2, that is, $4</p>"
		echo "<p>Write to the library of Upper Valley.</p>"
	} >"site/$1.html"
}
page index Valley "how it came to be, and who lives in it." "of its walks."
page mill Mill "it has ground the corn of four villages." "of its wheel."
page news/choir Choir "it sings on Sundays, in the old church." "of its songs."
page news/river River "it came into the street in March again." "of its bridge."
lines() {
	"$KALAUZ_INDEX" --dump "$@" |
		sed 's/.*"document": "\([^"]*\)".*"text": \(.*\), "offset.*/\1 \2/; s/.*"document": "\([^"]*\)".*"text": /\1 /'
}
echo '# a site'
lines site
echo '# a page alone'
lines site/mill.html
echo '# again'
index i site
index i site
page news/school School "it has two rooms, and a stove in each." "of its garden."
index i site
index fresh site
query i village greets
query i choir
query fresh choir
echo '# the name of the site is no title'
mkdir names
for name in Bees Wool Wine; do
	printf '<title>Our valley</title><h1>Our valley</h1><h2>%s</h2><p>%s</p>' \
		"$name" "All that our grandparents knew of $name." \
		>"names/$name.html"
done
"$KALAUZ_INDEX" --dump names |
	sed 's/.*"title": \("[^"]*"\).*"headings": \(\[[^]]*\]\).*/\1 \2/'
echo '# three that are one letter'
for name in one two three; do
	printf '<h1>To %s</h1><p>%s</p><p>%s</p>' "$name" \
		"You are asked to come to the school on Monday." \
		"We shall speak of the garden." >"site/forms/$name.html"
done
rm -r site/news site/*.html
lines site
