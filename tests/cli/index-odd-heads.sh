# What begins with something else than it should is read all the same: a PDF
# file behind lines of a mail, RTF without its head, pages and texts with NULs,
# a page whose head is never left.
. "$KIT"
mkdir d
formats=${0%/*}/../formats
{ printf 'Content-Type: application/pdf\r\n\r\n'; cat "$formats/lines.pdf"; } >d/mail.pdf
printf '{\\pard The chair has no head.\\par}' >d/chair.rtf
printf '\001\002\003 noise {\\rtf1 The bench stands behind noise.\\par}' >d/bench.rtf
printf '<html><body>\0\0\0<p>A \0page about a table.</p></body></html>' >d/table.html
printf '\0 <b>A lamp</b> <i>\0shines.</i>' >d/lamp.html
printf 'A text about a cupboard, with one \0 that nobody put there, and a few words more.' >d/cupboard.txt
printf '<BASE HREF=x><HTML><HEAD><TITLE>Stove</TITLE><NEXTID N=z9></HEAD><BODY><H1>Stove</H1>The stove is warm.</BODY></HTML>' >d/stove.html
printf 'The mark of a PDF file is:\n%%PDF-1.4\nwhich a text about drawers may say.\n' >d/drawer.txt
index i d
for word in chair bench table lamp cupboard stove drawers; do
	query i $word
done
