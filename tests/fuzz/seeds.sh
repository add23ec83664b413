# shellcheck shell=sh
# seeds.sh -- which files each harness is given: sourced by those who run them.

# fuzz_names: all harnesses.
fuzz_names() {
	for source in tests/fuzz/fuzz_*.c; do
		name=${source#tests/fuzz/fuzz_}
		echo "${name%.c}"
	done
}

# fuzz_seeds NAME: the files and folders that are kept for it.
fuzz_seeds() {
	[ ! -d "tests/fuzz/corpus/$1" ] || echo "tests/fuzz/corpus/$1"
	case $1 in
	html) echo tests/html/*.html ;;
	markdown) echo tests/formats/*.md ;;
	rtf) echo tests/formats/*.rtf ;;
	pdf) echo tests/formats/[!b-d]*.pdf ;;
	archive) echo tests/formats/[!b]*.zip tests/formats/page.html.gz ;;
	esac
}
