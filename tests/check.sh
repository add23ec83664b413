#!/bin/sh
# check.sh -- every test there is, and one sum at the end.
#
#   tests/check.sh [-v]
#
# Unit tests are the programs build/MODE/tests/unit/test_*; the rest are the
# scripts in this folder. A script whose last line is "N passed, N failed"
# counts so much, any other one test. Only what fails is shown, unless -v.

root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
units=build/${MODE:-release}/tests/unit
is_verbose=0
[ "$1" != -v ] || is_verbose=1
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM
# A size that Xapian's own checking gets wrong when it frees is not ours to mend.
: "${ASAN_OPTIONS:=allocator_may_return_null=1:new_delete_type_mismatch=0}"
export ASAN_OPTIONS
passed=0 failed=0

# add NAME PASSED FAILED: count, and show what went wrong.
add() {
	passed=$((passed + $2))
	failed=$((failed + $3))
	echo "$1: $2 passed, $3 failed"
	if [ "$is_verbose" -eq 1 ]; then
		sed 's/^/    /' "$log"
	elif [ "$3" -gt 0 ]; then
		# A case that passed says nothing; neither does what stopped it.
		grep -vE '^(ok |not ok .*# SKIP|1\.\.)' "$log" | sed 's/^/    /'
	else
		grep -E '# SKIP' "$log" | sed 's/^/    /'
	fi
}

# unit PROGRAM: "ok" lines are counted; a program that ends badly without
# having said so fails once more.
unit() {
	CMOCKA_MESSAGE_OUTPUT=TAP timeout 240 "$1" >"$log" 2>&1
	code=$?
	good=$(grep -c '^ok ' "$log")
	bad=$(grep '^not ok ' "$log" | grep -vc '# SKIP')
	if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then
		echo "ended with code $code" >>"$log"
		bad=1
	fi
	add "$(basename "$1")" "$good" "$bad"
}

script() {
	"$1" >"$log" 2>&1
	code=$?
	last=$(tail -n 1 "$log")
	case $last in
	*[0-9]" passed, "[0-9]*" failed")
		good=${last%% *}
		bad=${last#*passed, }
		bad=${bad%% *}
		;;
	*) good=1 bad=0 ;;
	esac
	if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then
		bad=1
		[ "$good" -ne 1 ] || good=0
	fi
	add "$(basename "$1")" "$good" "$bad"
}

# Readers of documents are processes with limits that ThreadSanitizer's memory
# goes beyond, and have no threads: its build is for the library.
if [ "${MODE:-release}" = tsan ]; then
	for source in tests/unit/test_*.c; do
		case $source in
		*test_crew.c) echo "test_crew: # SKIP with ThreadSanitizer" ;;
		*) unit "$units/$(basename "$source" .c)" ;;
		esac
	done
	echo "tests/*.sh, *.py: # SKIP with ThreadSanitizer"
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
	exit
fi
for source in tests/unit/test_*.c; do
	unit "$units/$(basename "$source" .c)"
done
for test in tests/*.sh tests/*.py; do
	if [ "$test" != tests/check.sh ] && [ -x "$test" ]; then
		script "$test"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
