# What is forbidden is so in text, headings and title together, and what is
# asked of the title goes with what is asked of the text. No phrase reaches from
# one into the other.
. "$KIT"
for query in 'chair -"clean the floor"' 'title:flood -"every chair"' \
	'title:flood AND "every chair"' '+title:flood +"every chair"' \
	'"floor flood diary"' 'floor NEAR/2 flood'; do
	echo "$query"
	query "$SMALL" "$query"
done
