# Of passages with the same words, as long as each other: one that opens with
# what is asked comes before one that ends with it, and one that has it in a
# sentence of its own before one that has it in a long sentence.
. "$KIT"
cat >d.jsonl <<'END'
{"id": "last", "text": "A morning in which people met and talked for hours about what they had seen on their way, by the garden of the school."}
{"id": "first", "text": "The garden of the school, by which people met and talked for hours in a morning about what they had seen on their way."}
{"id": "long", "text": "There was rain that week and nobody came, and then it was found that a boat with some timber was left by the river, which all of us had long forgotten."}
{"id": "short", "text": "Of those who were there only two had known, and the others were told as late as in spring when all was over. A boat with some timber was left by the river."}
END
"$KALAUZ_INDEX" -q --lang en ix d.jsonl
"$KALAUZ_QUERY" --format tsv ix school garden | cut -f 3
echo "--"
"$KALAUZ_QUERY" --format tsv ix timber boat river | cut -f 3
