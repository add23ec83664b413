echo afon | "$KALAUZ_QUERY" --batch - --lang tlh "$SMALL"
