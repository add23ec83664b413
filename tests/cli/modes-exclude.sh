"$KALAUZ_QUERY" --batch - --related x index
