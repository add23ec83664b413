# The ranks of the last page are right, there is one, and it does not take long.
. "$KIT"
awk 'BEGIN { for (i = 1; i <= 100010; i++)
	printf "{\"id\": \"%d\", \"lang\": \"en\", \"text\": \"oak %d\"}\n", i, i }' >l.jsonl
index -q i l.jsonl
for offset in 99995 100000 100005 150000; do
	timeout 20 "$KALAUZ_QUERY" --format tsv -n 7 --offset $offset i oak | cut -f 1
	echo "$offset: done"
done
