#!/bin/sh
# run.sh -- the command line tests: runs cli/NAME.sh and compares.
#
#   tests/run.sh [--accept] [NAME]...
#
# A case is a shell script. It runs in an empty folder with
#
#   $KALAUZ_QUERY, $KALAUZ_INDEX   the programs (build/release, or as set)
#   $INDEX                         an index of corpus/
#   $SMALL                         an index of cli/small.jsonl
#   $KIT                           cli/kit: functions that cases share
#
# and LC_ALL=C, no terminal, an empty stdin. Its stdout must be NAME.out (or
# empty), its stderr must match the glob in NAME.err (or be empty), its exit
# code must be the number in NAME.exit (or 0). The paths of the two indexes
# appear there as INDEX and SMALL. With --accept those files are written
# instead of compared. A case that ends with code 77 cannot be run here; the
# last line that it printed says why. Output is TAP; the last line counts.

root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cases=$root/tests/cli
build=$root/build/${MODE:-release}
: "${KALAUZ_QUERY:=$build/kalauz-query}" "${KALAUZ_INDEX:=$build/kalauz-index}"
accept=0
if [ "$1" = --accept ]; then
	accept=1
	shift
fi

if [ ! -x "$KALAUZ_QUERY" ]; then
	echo "Bail out! $KALAUZ_QUERY is not there; run make first"
	exit 2
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
INDEX=$work/index SMALL=$work/small KIT=$cases/kit CORPUS=$root/corpus
unset NO_COLOR COLUMNS
LC_ALL=C TERM=dumb
# A size that Xapian's own checking gets wrong when it frees is not ours to mend.
: "${ASAN_OPTIONS:=allocator_may_return_null=1:new_delete_type_mismatch=0}"
export KALAUZ_QUERY KALAUZ_INDEX INDEX SMALL KIT CORPUS LC_ALL TERM ASAN_OPTIONS

# prepare INDEX FOLDER NAME: index what is called NAME in FOLDER.
prepare() {
	(cd "$2" && "$KALAUZ_INDEX" "$1" "$3") >"$work/log" 2>&1
	prepared=$?
	# 1: the index is whole, some files were no documents.
	if [ "$prepared" -gt 1 ]; then
		echo "Bail out! $3 cannot be indexed:"
		sed 's/^/# /' "$work/log"
		exit 2
	fi
}

has_index=0
if [ -x "$KALAUZ_INDEX" ]; then
	has_index=1
	prepare "$INDEX" "$root" corpus
	prepare "$SMALL" "$cases" small.jsonl
fi

# The paths of this run, out of what a case printed.
clean() {
	sed "s|$SMALL|SMALL|g; s|$INDEX|INDEX|g" "$1" >"$1.clean"
}

# expect FILE OTHERWISE: what the case should give.
expect() {
	if [ -f "$1" ]; then
		cat "$1"
	else
		printf '%s' "$2"
	fi
}

# keep FILE FROM: accept FROM as FILE; an empty one needs no file.
keep() {
	if [ -s "$2" ]; then
		cp "$2" "$1"
	else
		rm -f "$1"
	fi
}

accept_case() {
	keep "$cases/$1.out" "$work/out.clean"
	sed 's/[][*?\\]/\\&/g' "$work/err.clean" >"$work/glob"
	keep "$cases/$1.err" "$work/glob"
	if [ "$code" -eq 0 ]; then
		rm -f "$cases/$1.exit"
	else
		echo "$code" >"$cases/$1.exit"
	fi
}

# compare_case NAME: says on stdout what differs; nothing if all is well.
compare_case() {
	expect "$cases/$1.out" "" >"$work/wanted"
	diff -u "$work/wanted" "$work/out.clean" | sed 1,2d
	glob=$(expect "$cases/$1.err" "")
	# shellcheck disable=SC2254
	case "$(cat "$work/err.clean")" in
	$glob) ;;
	*)
		echo "stderr should be like:"
		echo "$glob"
		echo "but is:"
		cat "$work/err.clean"
		;;
	esac
	wanted=$(expect "$cases/$1.exit" 0)
	if [ "$code" -ne "$wanted" ]; then
		echo "exit code $code, not $wanted"
	fi
}

run_case() {
	rm -rf "$work/here"
	mkdir "$work/here"
	(cd "$work/here" && exec sh "$cases/$1.sh") \
		>"$work/out" 2>"$work/err" </dev/null
	code=$?
	clean "$work/out"
	clean "$work/err"
}

if [ $# -eq 0 ]; then
	set -- "$cases"/*.sh
fi
echo "1..$#"
number=0 passed=0 failed=0 skipped=0
for case in "$@"; do
	name=$(basename "$case" .sh)
	number=$((number + 1))
	if [ "$has_index" -eq 0 ] &&
		grep -qE '[$](INDEX|SMALL|KALAUZ_INDEX|KIT)' "$cases/$name.sh"
	then
		echo "ok $number - $name # SKIP kalauz-index is not built"
		skipped=$((skipped + 1))
		continue
	fi
	run_case "$name"
	if [ "$code" -eq 77 ]; then
		echo "ok $number - $name # SKIP $(tail -n 1 "$work/out")"
		skipped=$((skipped + 1))
		continue
	fi
	if [ "$accept" -eq 1 ]; then
		accept_case "$name"
	fi
	compare_case "$name" >"$work/differences"
	if [ -s "$work/differences" ]; then
		echo "not ok $number - $name"
		sed 's/^/# /' "$work/differences"
		failed=$((failed + 1))
	else
		echo "ok $number - $name"
		passed=$((passed + 1))
	fi
done
[ "$skipped" -eq 0 ] || echo "# $skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
