# Colour when it is asked for: title, source and matches.
"$KALAUZ_QUERY" --color always -n 1 --lang cy "$SMALL" afon |
	sed "s/$(printf '\033')/ESC/g"
