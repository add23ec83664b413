# What is not indexed is told with what to do about it, in the text and in JSON.
. "$KIT"
formats=${0%/*}/../formats
mkdir d
for name in locked.docx cut.docx scanned.pdf bomb.zip split.zip; do
	cp "$formats/$name" d
done
printf '\320\317\021\340\241\261\032\341\0\0\0\0' >d/old.doc
printf '\320\317\021\340\241\261\032\341\0\0\0\0' >d/some.db
index i d
"$KALAUZ_INDEX" --json j d 2>&1 | grep -o '"reason":[^}]*; [^}]*' | head -2
