# A reader who goes away is no error to tell of.
yes afon | "$KALAUZ_QUERY" --batch - --json "$SMALL" | head -n 1 | cut -c1-20
