[ -c /dev/full ] || { echo "kalauz-query: cannot write the output: -" >&2; exit 3; }
"$KALAUZ_QUERY" "$SMALL" chair >/dev/full
