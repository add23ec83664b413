#!/bin/sh
# kill.sh -- an indexer killed anywhere leaves an index that answers.
#
#   N=200 tests/crash/kill.sh           make crash
#   PARTS=13 tests/crash/kill.sh        only the first and third of these:
#
# 1. Dies at every fail point in turn (a debug build): afterwards the old or
#    the new state answers, --check finds nothing, and the next run gives what
#    a clean run gives.
# 2. Is killed N times (20) at random moments: the same, but for states in
#    between, which long runs commit.
# 3. Eight readers ask without end while RUNS runs (50) change the index: no
#    reader sees an error, and afterwards it answers as a clean one does.
# 4. Writes to disks that are too small by more and by less: said with code 3,
#    what was committed answers, and with room again the next run gives what a
#    clean run gives.
#
# Prints what fails, and "N passed, N failed" at the end.

root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
cd "$root" || exit 2
N=${N:-20}
RUNS=${RUNS:-50}
PARTS=${PARTS:-1234}
LINES_MANY=${LINES_MANY:-25000}
# A small disk is mounted where nobody else sees it.
if [ -z "$KILL_INSIDE" ] && unshare -m true 2>/dev/null; then
	KILL_INSIDE=1 exec unshare -m "$0"
fi
case $PARTS in
*1*) make -s MODE=debug build/debug/kalauz-index >/dev/null || exit 2 ;;
esac
make -s MODE=release build/release/kalauz-index build/release/kalauz-query \
	>/dev/null || exit 2
DEBUG=$root/build/debug/kalauz-index
INDEX=$root/build/release/kalauz-index
QUERY=$root/build/release/kalauz-query
work=$(mktemp -d) || exit 2
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 2
passed=0 failed=0

good() {
	passed=$((passed + 1))
}

bad() {
	failed=$((failed + 1))
	echo "not ok: $*"
}

cat >golden.tsv <<-'END'
	1	community garden
	2	közösség
	3	comunitat
	4	comunità
	5	comunidade
	6	comunitate
	7	cymuned
	8	school
END

# answers INDEX: what the golden queries find, whatever the numbers inside.
answers() {
	"$QUERY" --batch golden.tsv --format trec -n 1000 --no-suggest "$1" \
		2>&1 | cut -d ' ' -f 1,3,5 | sort
}

# Two states of a folder: files go, come and change from the old to the new.
old_and_new() {
	mkdir old new
	cp -r "$root"/corpus/stories/. old/
	cp -r "$root"/corpus/stories/. new/
	find old -name '*.html' | sort | awk 'NR % 5 == 1' | xargs rm
	find new -name '*.html' | sort | awk 'NR % 5 == 2' | xargs rm
	find new -name '*.html' | sort | awk 'NR % 3 == 0' |
		while read -r page; do
			echo '<p>A school garden for the community.</p>' \
				>>"$page"
		done
}

# state FOLDER: make it the folder that is indexed; -c copies times too.
state() {
	rm -rf pages
	cp -r "$1" pages
}

# fresh INDEX: the old state, committed.
fresh() {
	state old
	rm -rf "$1"
	"$INDEX" -q "$1" pages
}

# converges INDEX WHAT: check, run again, compare with the clean run.
converges() {
	"$INDEX" --check "$1" || { bad "$2: --check"; return; }
	"$INDEX" -q "$1" pages || { bad "$2: the next run"; return; }
	"$INDEX" --check "$1" || { bad "$2: --check after it"; return; }
	if answers "$1" | cmp -s - new.answers; then
		good
	else
		bad "$2: answers otherwise than a clean run"
	fi
}

# A run that commits several times: the pages, and lines by the megabyte. No
# golden word is in them: which thousand of many equal ones are shown hangs on
# their numbers, and a run that went on has others than a clean one.
many_lines() {
	awk -v from="$1" -v to="$2" 'BEGIN {
		srand(7)
		for (i = from; i < to; i++) {
			printf "{\"id\": \"line-%d\", \"text\": \"one line", i
			for (w = 0; w < 60; w++)
				printf " word%d", rand() * 9000
			print "\"}"
		}
	}'
}

# ---- 1. Fail points --------------------------------------------------------

# at_point POINT OPTION...: die there on the way from old to new.
at_point() {
	point=$1
	shift
	fresh ix
	state new
	KZI_FAILPOINT=$point "$DEBUG" -q "$@" ix pages
	code=$?
	if [ "$code" -ne 99 ]; then
		bad "$point $*: not passed (exit $code)"
		return
	fi
	answers ix >now.answers
	if ! cmp -s now.answers old.answers && ! cmp -s now.answers new.answers
	then
		bad "$point $*: neither the old nor the new state answers"
	else
		converges ix "$point $*"
	fi
}

points() {
state new
"$INDEX" -q clean pages && answers clean >new.answers
fresh ix && answers ix >old.answers
if cmp -s old.answers new.answers || [ ! -s old.answers ]; then
	bad "the two states are not to be told apart"
fi
for point in flush-before flush-text flush-after segment-written commit-before \
	commit-after \
	seal-rename; do
	at_point "$point"
	at_point "$point" --rebuild
done
at_point seal-break
for point in publish-before publish-rename publish-after sweep sweep:3; do
	at_point "$point" --rebuild
done

# The first run of all: there is no old state, and none must be seen.
for point in flush-text segment-written commit-before commit-after publish-rename \
	publish-after; do
	rm -rf ix
	state new
	KZI_FAILPOINT=$point "$DEBUG" -q ix pages
	[ $? -eq 99 ] || bad "first run, $point: not passed"
	answers ix >now.answers
	if [ "$(head -c 12 now.answers)" = "kalauz-query" ]; then
		"$INDEX" -q ix pages
	fi
	converges ix "first run, $point"
done

# All passages of a file are others than they were: round $1.
churn() {
	mkdir -p churn
	awk -v round="$1" 'BEGIN {
		srand(round)
		for (i = 0; i < 3000; i++) {
			text = "school community round " round
			for (w = 0; w < 60; w++)
				text = text " w" int(rand() * 1e8)
			printf "{\"id\": \"%d\", \"text\": \"%s\"}\n", i, text
		}
	}' >churn/many.jsonl
}

# Killed while what is gone is swept out, at a fail point.
die_sweeping() {
	rm -rf ix clean
	churn 1
	"$INDEX" -q ix churn
	before=$(cat ix/*/passages.text | wc -c)
	churn 2
	"$INDEX" -q clean churn
	answers clean >clean.answers
	KZI_FAILPOINT=$1 "$DEBUG" -q ix churn
	[ $? -eq 99 ] || bad "$1: not passed"
	"$INDEX" -q ix churn
	after=$(cat ix/*/passages.text | wc -c)
	if ! "$INDEX" --check ix; then
		bad "$1: --check"
	elif ! answers ix | cmp -s - clean.answers; then
		bad "$1: other answers than a clean run"
	elif [ "$after" -gt $((before + before / 2)) ]; then
		bad "$1: dead text is still there ($before, $after bytes)"
	else
		good
	fi
}
for point in sweep-postings sweep-commit sweep-publish publish-rename; do
	die_sweeping "$point"
done
die_amid_a_file
}

# What a run has committed of a file goes with the file, even if it never came
# to its end.
die_amid_a_file() {
	state new
	rm -rf clean
	"$INDEX" -q clean pages
	answers clean >new.answers
	fresh ix
	state new
	many_lines 0 20000 >pages/zmany.jsonl
	KZI_FAILPOINT=commit-after:2 "$DEBUG" -q --commit 4 ix pages
	[ $? -eq 99 ] || bad "amid a file: not passed"
	"$QUERY" -n 1 ix word77 >/dev/null || bad "amid a file: nothing there"
	rm pages/zmany.jsonl
	converges ix "amid a file"
	! "$QUERY" -n 1 ix word77 >/dev/null 2>&1 ||
		bad "amid a file: its lines are still found"
}

# ---- 2. Random moments -----------------------------------------------------

# The states with so many lines that there are commits on the way.
more_pages() {
	many_lines 0 $((LINES_MANY * 3 / 5)) >old/many.jsonl
	many_lines $((LINES_MANY / 5)) "$LINES_MANY" >new/many.jsonl
}

random_moments() {
more_pages
state new
rm -rf clean
start=$(date +%s%N)
"$INDEX" -q clean pages
spent=$((($(date +%s%N) - start) / 1000000))
answers clean >new.answers
fresh kept
round=0
while [ "$round" -lt "$N" ]; do
	round=$((round + 1))
	rm -rf ix
	cp -r kept ix
	state new
	# Every other one commits on the way.
	commit=$((round % 2 ? 4 : 64))
	"$INDEX" -q --commit "$commit" ix pages &
	pid=$!
	ms=$(awk -v seed="$round" -v most="$spent" \
		'BEGIN { srand(seed); printf "%d", rand() * most }')
	sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
	kill -9 "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	converges ix "killed after $ms ms"
done
}

# ---- 3. Readers ------------------------------------------------------------

readers() {
rm -rf ix pages
mkdir pages
cp -r "$root"/corpus/guides/. pages/
"$INDEX" -q ix pages
for reader in 1 2 3 4 5 6 7 8; do
	(
		while [ ! -e stop ]; do
			"$QUERY" --batch golden.tsv --no-suggest --format tsv ix \
				>/dev/null 2>>reader.errors ||
				echo "reader $reader: exit $?" >>reader.errors
		done
	) &
done
# One that keeps its index open all the time.
(
	while [ ! -e stop ]; do
		cat golden.tsv
		sleep 0.01
	done
) | "$QUERY" --batch - --no-suggest --format tsv ix >/dev/null 2>>reader.errors &
run=0
while [ "$run" -lt "$RUNS" ]; do
	run=$((run + 1))
	echo "<p>Community school, run $run.</p>" >"pages/run-$((run % 7)).html"
	rebuild=
	[ $((run % 10)) -ne 0 ] || rebuild=--rebuild
	# shellcheck disable=SC2086 # Nothing or one option.
	"$INDEX" -q $rebuild ix pages || bad "run $run among readers"
done
touch stop
wait
if [ -s reader.errors ]; then
	bad "readers: $(sort reader.errors | uniq -c | head -n 5)"
else
	good
fi
rm -rf clean
"$INDEX" -q clean pages
answers clean >new.answers
converges ix "among readers"
}

# ---- 4. A full disk --------------------------------------------------------

# kilobytes PATH: what it takes on disk.
kilobytes() {
	du -sk "$1" | cut -f 1
}

# on_disk KILOBYTES OPTION...: from old to new with so much room.
on_disk() {
	size=$1
	shift
	mkdir -p disk
	mount -t tmpfs -o "size=${size}k" tmpfs disk || return
	cp -r kept disk/ix
	"$INDEX" -q "$@" disk/ix pages 2>message
	code=$?
	[ "$code" -eq 0 ] || { [ "$code" -eq 3 ] && [ -s message ]; } ||
		bad "$size KB $*: exit $code: $(cat message)"
	[ "$code" -eq 0 ] || full=$((full + 1))
	"$INDEX" --check disk/ix || bad "$size KB $*: --check on the full disk"
	"$QUERY" -n 1 disk/ix school >/dev/null ||
		bad "$size KB $*: it does not answer"
	mount -o remount,size=1g disk
	converges disk/ix "$size KB $*"
	umount disk
}

full_disk() {
	if [ -z "$KILL_INSIDE" ] || ! { mkdir -p disk &&
		mount -t tmpfs tmpfs disk 2>/dev/null && umount disk; }
	then
		echo "# no tmpfs to be had here: part 4 is left out"
		return
	fi
	more_pages
	state new
	rm -rf clean kept
	"$INDEX" -q clean pages
	answers clean >new.answers
	fresh kept
	state new
	full=0
	for more in 100 1000 3000 6000; do
		on_disk $(($(kilobytes kept) + more))
		on_disk $(($(kilobytes kept) + more)) --rebuild
	done
	[ "$full" -gt 2 ] || bad "only $full disks were too small"
}

old_and_new
for part in 1points 2random_moments 3readers 4full_disk; do
	case $PARTS in
	*"${part%"${part#?}"}"*) "${part#?}" ;;
	esac
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
