# The language that a JSON line names is its language, whatever it looks like.
cat >l.jsonl <<'END'
{"id": "a", "lang": "en", "text": "A falu népe együtt tanult egész télen át.\n\nÉs nyáron is."}
{"id": "b", "lang": "de", "text": "A falu népe együtt tanult egész télen át."}
{"id": "c", "text": "A falu népe együtt tanult egész télen át."}
END
"$KALAUZ_INDEX" --dump l.jsonl | grep -o '"lang": "..", "text": "A' | cut -c1-12
