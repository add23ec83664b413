# One line out for each line in, whatever it holds.
printf 'chairs\n\nthe\nreading rooms\n---\nlast' | "$KALAUZ_QUERY" --stem en
# A hyphenated word is one.
printf '\nyellow-cards\n' | "$KALAUZ_QUERY" --stem en
