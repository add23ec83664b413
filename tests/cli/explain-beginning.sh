# What a beginning stands for, and what it gave to a hit, like any other word.
"$KALAUZ_QUERY" --explain --lang en -n 1 "$SMALL" 'chai* -flo* xqz*' >text
grep '^    [a-z-]*\*' text | sed 's/ [0-9.]*$//'
