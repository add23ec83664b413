#!/bin/sh
# analysis.sh -- how many megabytes of text become terms in a second.
#
#   bench/analysis.sh [ROUNDS] PATH...
#
# The passages that kalauz-index reads under the PATHs, every language mixed;
# see bench/peers/analysis.c. The programs are those of build/${MODE:-release}:
# make, and make bench-analysis.

root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
build=$root/build/${MODE:-release}
rounds=5
case $1 in
*[!0-9]* | "") ;;
*)
	rounds=$1
	shift
	;;
esac
if [ $# -eq 0 ]; then
	echo "usage: analysis.sh [ROUNDS] PATH..." >&2
	exit 2
fi
"${KALAUZ_INDEX:-$build/kalauz-index}" --dump "$@" | python3 -c '
import json, random, sys
lines = [json.loads(line) for line in sys.stdin]
random.Random(1).shuffle(lines)
for line in lines:
    print(line["lang"], " ".join(line["text"].split()), sep="\t")
' | "${KALAUZ_ANALYSIS:-$build/bench/analysis}" "$rounds"
