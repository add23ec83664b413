"$KALAUZ_QUERY" --format xml index word
