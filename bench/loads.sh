#!/bin/sh
# loads.sh -- how long loading takes beside others; writes
# bench/results/loads.md.
#
# usage: loads.sh BUILD SETS WORK
#
# SETS is filled as million.sh does it, where it is not.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1 sets=$2 work=$3

mkdir -p "$work" "$here/results"
[ -d "$sets/sentences" ] ||
	python3 "$here/gather.py" "$build/kalauz-index" "$sets"
[ -e "$sets/100000/passages.jsonl" ] ||
	python3 "$here/mix.py" "$sets/sentences" 100000 "$sets/100000"
# shellcheck disable=SC2086 # Words on purpose.
python3 "$here/loads.py" ${LOADS_OPTIONS:-} "$build" "$sets" "$work" \
	>"$work/loads.md"
mv "$work/loads.md" "$here/results/loads.md"
echo bench/results/loads.md
