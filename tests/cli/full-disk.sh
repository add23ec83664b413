# Exit 3 and a reason when stdout cannot take the answer.
"$KALAUZ_QUERY" --help >/dev/full
