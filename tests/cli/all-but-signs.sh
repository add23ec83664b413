# Signs among the words of a query are no words, even where all must occur.
. "$KIT"
for query in 'door & lamp' 'door - lamp ?' 'door AND & AND lamp' '+door +!' \
	'place:hungary ???'; do
	echo "$query"
	query --all "$SMALL" "$query"
done
