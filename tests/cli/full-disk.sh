# Exit 3 and a reason when stdout cannot take the answer.
[ -c /dev/full ] || { echo "kalauz-query: cannot write the output: -" >&2; exit 3; }
"$KALAUZ_QUERY" --help >/dev/full
