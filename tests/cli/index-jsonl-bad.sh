# Bad lines are left out and told by number; the others are read.
. "$KIT"
mkdir pages
cat >pages/lines.jsonl <<'END'
{"id": "one", "text": "The chair stands in the hall.", "lang": "en"}
{"id": "two", "text": 5}
not json at all
["an", "array"]

{"text": "The chair without a name."}
{"id": "six", "text": "The chair in an unknown tongue.", "lang": "xx"}
{"id": "seven", "text": ""}
{"id": "eight", "text": "The chair\u0000with a NUL and \ud800 half a character."}
{"id": "one", "text": "The chair of the same name."}
END
printf '{"id": "last", "text": "The chair without an end of line."' >>pages/lines.jsonl
index ix pages
query --per-document 0 ix chair
