# A question in one language finds the passage in another, and says through which
# words; without --across it does not. Bad dictionaries are told.
. "$KIT"
cat >d.jsonl <<'END'
{"id": "falu", "lang": "hu", "text": "A falvak közössége a tanulóházban gyűlt össze, és megbeszélték, mi legyen."}
{"id": "pentref", "lang": "cy", "text": "Daeth y pentref cyfan i'r neuadd i drafod beth i'w wneud nesaf."}
{"id": "other", "lang": "en", "text": "Nothing but a chair stood in the room that morning."}
END
printf 'en\thu\nlearning house\ttanulóház\nhall\tterem\n' >own.tsv
"$KALAUZ_INDEX" -q --no-installed ix d.jsonl
"$KALAUZ_QUERY" --no-suggest ix village || echo nothing
"$KALAUZ_QUERY" --across ix village
"$KALAUZ_QUERY" --across --json ix village | grep -o '"via":\[[^]]*\]'
echo "-- own"
"$KALAUZ_INDEX" --dictionaries --no-installed ix own.tsv | cut -f 1,3
"$KALAUZ_QUERY" --across --format tsv ix learning house | cut -f 3
echo "-- echo: the Welsh passage tells which of two alike in Hungarian is meant"
cat >e.jsonl <<'END'
{"id": "bread", "lang": "hu", "text": "A falu kenyere jó, mindenki eszik belőle reggel."}
{"id": "bridge", "lang": "hu", "text": "A falu hídja jó, mindenki átmegy rajta reggel."}
{"id": "pont", "lang": "cy", "text": "Mae pont y pentref yn hen iawn."}
END
printf 'en\thu\tcy\nvillage\tfalu\tpentref\nbridge\thíd\tpont\nbread\tkenyér\tbara\n' \
	>echo.tsv
"$KALAUZ_INDEX" -q --no-installed ie e.jsonl
"$KALAUZ_INDEX" --dictionaries --no-installed ie echo.tsv >/dev/null
"$KALAUZ_QUERY" --across --format tsv --lang hu,cy ie village | cut -f 3
echo "-- bad"
"$KALAUZ_INDEX" --dictionaries ix none.tsv 2>&1 | cut -c 1-40
printf 'no languages\n' >bad.tsv
"$KALAUZ_INDEX" -q --dictionaries --no-installed t bad.tsv
echo $?
printf 'x' | dd of=ix/glossary bs=1 seek=5 conv=notrunc 2>/dev/null
"$KALAUZ_QUERY" --across ix village
echo $?
"$KALAUZ_INDEX" --check ix
echo $?
echo "-- the table that is named is not there"
printf 'kalauz words at\n/none/glossary\n' >ix/glossary
"$KALAUZ_QUERY" --across --no-suggest ix village || echo nothing
"$KALAUZ_INDEX" --check ix
echo $?
