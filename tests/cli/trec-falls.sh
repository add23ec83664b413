# Who sorts by score gets the order of the ranks.
"$KALAUZ_QUERY" --format trec "$SMALL" a reading room chair >run
sort -k5,5gr run | cmp - run
awk '$4 != NR' run
