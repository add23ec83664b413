# What stands in a document is text, whatever it looks like: no command for the
# terminal, no turning around of letters, no tag for a page that holds the JSON.
. "$KIT"
cat >doc.jsonl <<'END'
{"id": "a<b>\u202e\u0007 c", "lang": "en", "place": "<i>\u001b[31m", "kind": "story", "title": "\u001b]0;owned\u0007<script>", "url": "javascript:alert('\u2066')", "text": "river\u202e\u2066 </script>\u009b31m <!--\u2028 \u0000 river\u007f\r\n\tmill & \"oak\""}
END
index ix doc.jsonl
all() {
	"$KALAUZ_QUERY" --facets --explain "$@" ix 'river <b> OR mill'
	for form in jsonl tsv trec; do
		"$KALAUZ_QUERY" --format $form "$@" ix 'river <b> OR mill'
	done
	"$KALAUZ_QUERY" --facets --explain --json "$@" ix 'river <b> OR mill'
	printf 'q<\033\342\200\256\tnothing\033[31m\342\200\256<b>\n' |
		"$KALAUZ_QUERY" --batch - ix "$@"
	printf 'q<\033\342\200\256\tnothing\033[31m\342\200\256<b>\n' |
		"$KALAUZ_QUERY" --batch - ix --json "$@"
}
all >out
wc -l <out | tr -d ' ' | sed 's/.*/lines/'
# Controls but newline and tab; bidirectional controls; separators.
grep -c "$(printf '[\001-\010\013-\037\177]')" out
grep -cE "$(printf '\302[\200-\237]|\342\200[\250-\256]|\342\201[\246-\251]')" out
"$KALAUZ_QUERY" --json ix river | grep -c '<'
# Whoever reads the JSON gets what stands there.
"$KALAUZ_QUERY" --json ix river | sed 's/.*"text": //; s/, "offset".*//'
"$KALAUZ_QUERY" --color always ix river | sed "s/$(printf '\033')/ESC/g"
