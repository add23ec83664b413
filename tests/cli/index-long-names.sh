# A title, heading, anchor or address of megabytes is none, and ends no run.
. "$KIT"
mkdir pages
long() {
	awk -v before="$1" -v after="$2" 'BEGIN {
		printf "%s", before
		for (i = 0; i < 300000; i++) printf "chairs "
		printf "%s\n", after
	}'
}
long '<html><head><title>' '</title></head><body><h1>x</h1><p>The title.</p></body></html>' \
	>pages/title.html
long '<html><body><h1>' '</h1><p>The heading.</p></body></html>' >pages/heading.html
long '<html><body><h1 id="' '">x</h1><p>The anchor.</p></body></html>' >pages/anchor.html
long '<html><body><p>The link <a href="' '">form.pdf</a> of a page.</p></body></html>' \
	>pages/link.html
long '{"id": "' '", "text": "The line."}' >pages/line.jsonl
index ix pages | sed 's/[0-9]* passages: .*/passages/'
query ix '"the anchor"'
query ix '"the heading"' | tail -n 1
index --check ix
