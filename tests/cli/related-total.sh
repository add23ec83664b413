# The passage itself is not among those like it, nor counted with them.
. "$KIT"
"$KALAUZ_QUERY" --related 'chairs#p1' -n 1 "$SMALL" | tail -n 1
"$KALAUZ_QUERY" --json --related 'chairs#p1' "$SMALL" |
	python3 -c 'import json, sys
found = json.load(sys.stdin)
print(found["exact"], found["total"] - len(found["hits"]))'
