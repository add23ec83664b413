#!/bin/sh
# Makes corpus/materials/ from corpus/sources/ as listed in sources/formats.tsv.
# Needs (Debian): pandoc, weasyprint, fonts-dejavu-core, zip, unzip, iconv.
# The same tools give the same bytes: dates, titles and identifiers are fixed.
#
#   make_materials.sh                     make all of them
#   make_materials.sh hungary/oszi-orarend ...   only these
set -eu
LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1325376000 TZ=UTC # 1 January 2012
export LC_ALL SOURCE_DATE_EPOCH TZ
cd "$(dirname "$0")"
mkdir -p materials
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cat >"$tmp/page.css" <<'CSS'
@page { size: A5; margin: 18mm 15mm 18mm 15mm;
  @top-center { content: string(title); font: 7pt "DejaVu Sans" }
  @bottom-center { content: counter(page) " / " counter(pages); font: 7pt "DejaVu Sans" } }
body { font: 9.5pt/1.45 "DejaVu Serif"; hyphens: manual }
h1 { font-size: 16pt; string-set: title content() }
h2 { font-size: 12pt } h3 { font-size: 10.5pt } h2, h3 { page-break-after: avoid }
table { border-collapse: collapse; width: 100% }
th, td { border: 0.3pt solid #777; padding: 1.5pt 4pt; text-align: left; vertical-align: top }
CSS

language() {
	case $1 in
	english) echo en-GB ;; hungary) echo hu ;; romania) echo ro ;; catalonia) echo ca ;;
	wales) echo cy ;; italy) echo it ;; evora) echo pt ;;
	*) echo "make_materials.sh: no language known for $1" >&2; return 1 ;;
	esac
}

# The letters that a legacy encoding lacks, as writers of the time replaced them.
# (iconv comes last, so that a letter it cannot write stops the run.)
# shellcheck disable=SC1111
legacy() {
	case $1 in
	UTF-8) cat ;;
	windows-1250) sed 'y/ȘșȚț/ŞşŢţ/; s/$/\r/' | iconv -f UTF-8 -t CP1250 ;;
	ISO-8859-1) sed "y/‘’“”–—/''\"\"--/; s/…/.../g; s/€/EUR/g" | iconv -f UTF-8 -t ISO-8859-1 ;;
	*) echo "make_materials.sh: unknown encoding $1" >&2; return 1 ;;
	esac
}

# Packs a zip file again, in the same order, with one date on all its parts.
repack() {
	rm -rf "$tmp/parts" && mkdir "$tmp/parts"
	unzip -Z1 "$1" >"$tmp/order"
	unzip -q "$1" -d "$tmp/parts"
	find "$tmp/parts" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
	rm "$1"
	case $(sed -n 1p "$tmp/order") in
	mimetype) (cd "$tmp/parts" && zip -X0qD "$1" mimetype) ;;
	esac
	(cd "$tmp/parts" && zip -X9qD "$1" -@ <"$tmp/order")
}

make_one() { # source extension encoding
	src=sources/$1.md place=${1%%/*} name=${1#*/}
	case $place in english) out=$name.$2 ;; *) out=$place-$name.$2 ;; esac
	lang=$(language "$place")
	title=$(sed -n '1s/^# *//p' "$src")
	[ -n "$title" ] || { echo "make_materials.sh: $src has no title" >&2; return 1; }
	tail -n +2 "$src" >"$tmp/body.md"
	new=$tmp/new.$2
	set -- "$1" "$2" "$3" --quiet -f markdown-smart -M "title=$title" -M "lang=$lang"
	ext=$2 encoding=$3
	shift 3
	case $ext in
	pdf)
		{
			html_title=$(printf %s "$title" | sed 's/&/\&amp;/g; s/</\&lt;/g')
			printf '<!DOCTYPE html><html lang="%s"><head><meta charset="utf-8"><title>%s</title>' "$lang" "$html_title"
			printf '<meta name="dcterms.created" content="2012-01-01"></head><body><h1>%s</h1>\n' "$html_title"
			pandoc "$@" -t html5 "$tmp/body.md"
			printf '</body></html>\n'
		} >"$tmp/page.html"
		weasyprint -q -s "$tmp/page.css" "$tmp/page.html" "$new" ;;
	txt)
		{ printf '%s\n\n' "$title"; pandoc "$@" -t plain --columns=76 "$tmp/body.md"; } |
			legacy "$encoding" >"$new" ;;
	epub)
		pandoc "$@" -M "identifier=kalauz-corpus-$name" -M date=2012-01-01 \
			--shift-heading-level-by=-1 -s -t epub3 -o "$new" "$tmp/body.md" ;;
	*)
		pandoc "$@" --shift-heading-level-by=-1 -s -t "$ext" -o "$new" "$tmp/body.md" ;;
	esac
	case $ext in docx | odt | pptx | epub) repack "$new" ;; esac
	[ -s "$new" ] || { echo "make_materials.sh: $out came out empty" >&2; return 1; }
	cmp -s "$new" "materials/$out" || { mv "$new" "materials/$out"; echo "$out"; }
}

if [ $# -gt 0 ]; then
	for want; do
		grep -q "^$want	" sources/formats.tsv || { echo "make_materials.sh: $want is not in sources/formats.tsv" >&2; exit 1; }
	done
fi
wanted=" $* "
# Every source must have a line, and every line a source.
find sources -name '*.md' | sed 's/^sources.//; s/\.md$//' | sort >"$tmp/have"
grep -v '^#' sources/formats.tsv | cut -f1 | sort >"$tmp/listed"
cmp -s "$tmp/have" "$tmp/listed" || {
	echo "make_materials.sh: sources and sources/formats.tsv differ:" >&2
	diff "$tmp/have" "$tmp/listed" >&2 || true
	exit 1
}
tab=$(printf '\t')
grep -v '^#' sources/formats.tsv >"$tmp/table"
while IFS=$tab read -r source extension encoding; do
	case $wanted in "  " | *" $source "*) make_one "$source" "$extension" "$encoding" ;; esac
done <"$tmp/table"
