mkdir folder
"$KALAUZ_QUERY" folder word
