# A slip of a stop word is not read as another word; the others are put right.
cat >d.jsonl <<'END'
{"id": "en", "lang": "en", "text": "It became a wish: the hour in which the village school has a library, because nobody else had asked."}
{"id": "it", "lang": "it", "text": "Era quieto il progetto della scuola, e questo la fece crescere con la biblioteca del paese."}
{"id": "hu", "lang": "hu", "text": "A falu ilyen kertet akart, és az iskola mögött milyen szép lett a hosszan tartó munka."}
END
"$KALAUZ_INDEX" -q --no-installed ix d.jsonl
for query in 'becuase the school' 'becuase the libary' 'shoud the school' \
	'quesot scuola' 'quesot bibloteca' 'hogyann iskola'; do
	echo "$query"
	"$KALAUZ_QUERY" --json ix "$query" | grep -o '"suggestion": [^,]*'
done
