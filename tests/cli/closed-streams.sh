# What is closed is not another file by the same number: the index is not read
# as queries, nor written over by messages.
"$KALAUZ_QUERY" --batch - "$SMALL" <&-
echo "exit $?"
"$KALAUZ_QUERY" "$SMALL" chair >&-
echo "exit $?"
echo 'Some text of a page.' >a.txt
"$KALAUZ_INDEX" -v --json i a.txt <&- >&- 2>&-
echo "exit $?"
"$KALAUZ_INDEX" --check i
echo "exit $?"
