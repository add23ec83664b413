# Two letters off make any short word of another: what is not here is not here.
cat >d.jsonl <<'END'
{"id": "ro", "lang": "ro", "text": "În fiecare seară vecinii se adună, iar seara trece cu povești."}
{"id": "cy", "lang": "cy", "text": "Mae pobl hapus yn y pentref, a'r plant yn hapus hefyd."}
END
"$KALAUZ_INDEX" -q --no-installed ix d.jsonl
for query in zebra sera haiku hapsu 'haiku hapsu' povetsi; do
	echo "$query"
	"$KALAUZ_QUERY" --json ix "$query" | grep -o '"suggestion": [^,]*'
done
