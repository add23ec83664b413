"$KALAUZ_QUERY" --json "$SMALL" zzyzx >/dev/null
