#!/bin/sh
# fuzz.sh -- let libFuzzer look for inputs that break a harness.
#
#   tests/fuzz/fuzz.sh SECONDS [NAME]...      make fuzz SECONDS=60 TARGETS=html
#
# Each harness begins with what is kept (corpus/NAME and the like) and with what
# earlier runs found, in build/fuzz/found/NAME. What breaks one is written to
# build/fuzz/broken, and belongs into corpus/NAME once it is mended.

root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
cd "$root" || exit 2
# shellcheck source=tests/fuzz/seeds.sh
. tests/fuzz/seeds.sh
seconds=${1:?how many seconds}
shift
programs=build/fuzz/tests/fuzz
# shellcheck disable=SC2046 # A name each.
[ $# -gt 0 ] || set -- $(fuzz_names)
mkdir -p build/fuzz/broken
# Poppler and Xapian leave some memory behind, and ask for much.
ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=${LEAKS:-0}
UBSAN_OPTIONS=print_stacktrace=1
export ASAN_OPTIONS UBSAN_OPTIONS
broken=0
for name in "$@"; do
	mkdir -p "build/fuzz/found/$name"
	# shellcheck disable=SC2046 # Paths, without spaces.
	find $(fuzz_seeds "$name") -type f \
		-exec cp -t "build/fuzz/found/$name" {} +
	echo "== $name"
	if ! "$programs/fuzz_$name" -max_total_time="$seconds" -timeout=20 \
		-rss_limit_mb=3000 -max_len=20000 -print_final_stats=0 \
		-verbosity=0 -artifact_prefix="build/fuzz/broken/$name-" \
		"build/fuzz/found/$name" >"build/fuzz/$name.log" 2>&1
	then
		broken=$((broken + 1))
		tail -n 40 "build/fuzz/$name.log"
	fi
done
echo "$broken of $# broken"
[ "$broken" -eq 0 ]
