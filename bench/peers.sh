#!/bin/sh
# peers.sh -- Kalauz beside its peers, on sets of several sizes.
#
# usage: peers.sh BUILD SETS WORK SIZE...
#
# SETS/SIZE is a set as million.sh makes it (made here if it is missing); SIZE
# `corpus` is our own collection, which has judgements. Indexes are made in
# WORK/SIZE and used again. Writes bench/results/peers-SIZE.md. PEERS_OPTIONS
# goes to peers.py.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1 sets=$2 work=$3
shift 3

mkdir -p "$work" "$here/results"
for size; do
	set=$sets/$size
	if [ "$size" = corpus ]; then
		set=$work/corpus.set
		python3 "$here/peers_set.py" "$build/kalauz-index" \
			"$here/../corpus" "$set"
	elif [ ! -e "$set/passages.jsonl" ]; then
		[ -d "$sets/sentences" ] ||
			python3 "$here/gather.py" "$build/kalauz-index" "$sets"
		python3 "$here/mix.py" "$sets/sentences" "$size" "$set"
	fi
	# shellcheck disable=SC2086 # Words on purpose.
	python3 "$here/peers.py" ${PEERS_OPTIONS:-} \
		"$build" "$set" "$work/$size" \
		>"$work/$size.md"
	mv "$work/$size.md" "$here/results/peers-$size.md"
	printf 'bench/results/peers-%s.md\n' "$size"
done
