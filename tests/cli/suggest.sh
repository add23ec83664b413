# Hits for what was typed, and another spelling on stderr.
"$KALAUZ_QUERY" --format tsv "$SMALL" libarry chair | cut -f 3
"$KALAUZ_QUERY" "$SMALL" readng chair >text || exit
grep -c '^ *1\. ' text
