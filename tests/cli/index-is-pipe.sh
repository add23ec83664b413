# A pipe in the place of a file of the index keeps nobody waiting for what is
# written to it.
. "$KIT"
echo '{"id": "a", "text": "A chair of oak."}' >l.jsonl
for file in kalauz.index 1/seal 1/passages.rows 1/passages.text; do
	rm -rf i
	"$KALAUZ_INDEX" -q i l.jsonl
	rm "i/$file" && mkfifo "i/$file"
	echo "$file"
	timeout 10 "$KALAUZ_QUERY" i chair 2>/dev/null
	echo "query $?"
	timeout 10 "$KALAUZ_INDEX" -q i l.jsonl 2>/dev/null
	echo "index $?"
done
