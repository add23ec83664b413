"$KALAUZ_QUERY" --json "$SMALL" zzyzx | sed 's/"took_us": [0-9]*/"took_us": N/'
