#!/bin/sh
# quickfix.sh -- hits as "file:line: text", which editors know from grep.
#
#   quickfix.sh INDEX FOLDER WORD...
#
# FOLDER is where the documents lie that INDEX was made of. The line is that of
# the passage's anchor in an HTML page, else the first.
#
# Vim:    :set grepprg=quickfix.sh\ guides.index\ .  grepformat=%f:%l:\ %m
#         :grep school, then :cnext, :copen
# Emacs:  M-x grep RET quickfix.sh guides.index . school RET, then M-g n

if [ $# -lt 3 ]; then
	echo "usage: quickfix.sh INDEX FOLDER WORD..." >&2
	exit 2
fi
index=$1 folder=$2
shift 2
# Columns: rank score document anchor lang title heading text.
kalauz-query --format tsv -n 30 -- "$index" "$*" |
	awk -F '\t' -v folder="$folder" '{
		file = folder "/" $3
		found = 1
		wanted = "id=\"" $4 "\""
		for (n = 1; $4 != "" && (getline line <file) > 0; n++)
			if (index(line, wanted)) {
				found = n
				break
			}
		close(file)
		printf "%s:%d: %s\n", file, found, substr($8, 1, 120)
	}'
