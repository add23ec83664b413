#!/bin/sh
# ingest.sh -- what indexing costs, beside programs that others use.
#
# usage: ingest.sh BUILD FOLDER
#
# BUILD holds kalauz-index; FOLDER takes what is made on the way, the same as
# that of million.sh, whose passages are taken if they are there. Needs the
# Debian packages xapian-omega, liblucene8-java, default-jdk-headless and
# python3. Writes bench/results/ingest.md. What is compared is told there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd) folder=$2
index=$build/kalauz-index
pages="libreoffice-help-en-us libreoffice-help-hu libreoffice-help-it
	libreoffice-help-pt installation-guide-amd64 debian-reference-en
	debian-reference-it debian-reference-pt debian-reference-pt-br"
passages=100000
jars=$(ls /usr/share/java/lucene-core*.jar \
	/usr/share/java/lucene-analyzers-common*.jar 2>/dev/null | tr '\n' :)

say() { printf '%s\n' "$*" >&2; }

for program in omindex javac python3; do
	command -v $program >/dev/null || {
		say "ingest.sh: $program is missing; apt install xapian-omega" \
			"liblucene8-java default-jdk-headless python3"
		exit 2
	}
done
mkdir -p "$folder" && cd "$folder"
[ -d sentences ] || python3 "$here/gather.py" "$index" .
[ -f $passages/passages.jsonl ] || {
	mkdir -p $passages
	python3 "$here/mix.py" sentences $passages $passages
}
[ -d ingest/html ] || {
	say "copying the pages"
	rm -rf ingest && mkdir -p ingest/html.new
	for package in $pages; do
		find "un/$package" \( -name '*.html' -o -name '*.xhtml' \) \
			-exec cp --parents {} ingest/html.new \;
	done
	mv ingest/html.new ingest/html
}
mkdir -p ingest/classes
javac -nowarn -cp "$jars" -d ingest/classes "$here/peers/LuceneIndex.java"
exec python3 "$here/ingest.py" "$index" ingest "$passages" \
	"${jars}ingest/classes" "$here/results/ingest.md"
