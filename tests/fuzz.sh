#!/bin/sh
# fuzz.sh -- every harness of tests/fuzz over the files that are kept for it.
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
# shellcheck source=tests/fuzz/seeds.sh
. tests/fuzz/seeds.sh
passed=0 failed=0
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
for name in $(fuzz_names); do
	# shellcheck disable=SC2046 # Paths, without spaces.
	if timeout 120 "build/${MODE:-release}/tests/fuzz/fuzz_$name" \
		$(fuzz_seeds "$name") >"$log" 2>&1
	then
		passed=$((passed + 1))
	else
		echo "not ok: $name: code $?"
		failed=$((failed + 1))
		tail -n 20 "$log"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
