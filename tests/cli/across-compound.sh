# A compound that no dictionary has is translated by its parts; one that it has, as
# a whole.
cat >d.jsonl <<'END'
{"id": "both", "lang": "en", "text": "On Mondays the women meet in the hall for weaving a basket."}
{"id": "one", "lang": "en", "text": "On Mondays the women meet in the hall for weaving a carpet."}
{"id": "none", "lang": "en", "text": "On Mondays the women meet in the hall for carving a spoon."}
END
printf 'hu\ten\nkosár\tbasket\nfonás\tweaving\nfakanál\tspoon\nkanál\tcarpet\n' \
	>own.tsv
"$KALAUZ_INDEX" -q --no-installed ix d.jsonl
"$KALAUZ_INDEX" --dictionaries --no-installed ix own.tsv >own.log
for query in kosárfonás kosárfonásról fakanál; do
	echo "$query"
	"$KALAUZ_QUERY" --across --format tsv ix $query | cut -f 3
done
