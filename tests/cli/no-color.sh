# Last one wins.
"$KALAUZ_QUERY" --color=always --no-color -n 1 --lang cy "$SMALL" afon
