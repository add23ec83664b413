# Filters choose, within brackets too: brackets that hold nothing else are no
# word that must or must not be there.
. "$KIT"
for query in '(lang:en OR lang:cy) AND chair' '+(lang:en) chair' \
	'(kind:guide) -chair' 'chair -(kind:guide)' '-(lang:en OR lang:it)' \
	'"chair too many" -(lang:hu)' 'chair NEAR/9 (lang:en) floating'; do
	echo "$query"
	query "$SMALL" -- "$query"
done
