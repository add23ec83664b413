# Filters in a query are typed as words are, with capitals.
. "$KIT"
for query in place:Wales kind:Story lang:HU 'kind:guide,Material -place:Hungary'; do
	echo "$query"
	query "$SMALL" "$query"
done
