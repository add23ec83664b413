#!/bin/sh
# million.sh -- the decisions of the index format shown as ratios.
#
# usage: million.sh BUILD FOLDER SIZE...
#
# BUILD holds kalauz-index and bench/million; FOLDER takes what is made on the
# way and is used again by the next run (remove FOLDER/SIZE to begin anew).
# Writes bench/results/million-SIZE.md for every SIZE, a number of passages.
set -eu
here=$(dirname "$0")
build=$1 folder=$2
shift 2

say() { printf '%s\n' "$*" >&2; }

# Run a program; print the seconds of processor time that it took.
seconds() {
	python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print("%.1f" % (used.ru_utime + used.ru_stime))' "$@"
}

# Seconds and bytes of an index: "index kalauz.index passages.jsonl".
index() {
	[ -e "$1.done" ] && return
	say "indexing $1"
	rm -rf "$1"
	took=$(seconds "$build/kalauz-index" -q --jobs 1 "$1" "$2")
	printf '%s\t%s\n' "$took" "$(du -sb "$1" | cut -f1)" >"$1.done"
}

# The same by Xapian: "peer same none".
peer() {
	name=xapian-$1-$2
	[ -e "$name.done" ] && return
	say "indexing $name"
	took=$(seconds "$build/bench/xapian_bm25" "$1" "$2" "$name" \
		<passages.tsv)
	printf '%s\t%s\n' "$took" "$(du -sb "$name" | cut -f1)" >"$name.done"
}

machine() {
	# shellcheck disable=SC1091 # A file of the system.
	printf 'Machine: %s, %s processors, %s GB; %s.\n' \
		"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
		"$(nproc)" \
		"$(awk '/^MemTotal/ {printf "%.0f", $2 / 1048576}' /proc/meminfo)" \
		"$(. /etc/os-release && printf '%s' "$PRETTY_NAME")"
	printf 'Load when it began: %s. Xapian %s, %s.\n' \
		"$(cut -d' ' -f1 /proc/loadavg)" \
		"$(xapian-config --version | sed 's/.* //')" \
		"$("$build/kalauz-index" --version)"
}

# A row of the table of sizes: "size_row LABEL DONE BASE".
size_row() {
	paste "$2" "$3" | awk -v label="$1" '{
		printf "| %s | %.0f | %.0f | %.2f | %.2f |\n", label, $1,
			$2 / 1e6, $1 / $3, $2 / $4 }'
}

sizes() {
	printf '| | processor s | MB | time ratio | size ratio |\n'
	printf '|---|---|---|---|---|\n'
	base=xapian-same-positions.done
	size_row 'Xapian, same terms, positions' $base $base
	size_row 'Xapian, same terms, none' xapian-same-none.done $base
	size_row 'Xapian, TermGenerator, positions' \
		xapian-plain-positions.done $base
	size_row 'Kalauz, one index' kalauz.index.done $base
	cat alone/*.index.done | awk '{ s += $1; b += $2 }
		END { printf "%.1f\t%d\n", s, b }' >alone.done
	size_row 'Kalauz, an index a language' alone.done $base
}

report() {
	million=$build/bench/million
	# shellcheck disable=SC2016 # Markdown, not a command.
	printf '# %s passages, made by `make bench-million`\n\n' "$1"
	machine
	printf '\n%s bytes of text in seven languages, 1,000 queries of one to five words;\n' \
		"$(cut -f2- passages.tsv | wc -c)"
	printf 'microseconds of processor time; see bench/README.md.\n'
	printf '\n## The match, and the whole search, against BM25\n\n'
	"$million" match kalauz.index xapian-same-none \
		xapian-plain-positions queries.tsv
	printf '\n## Positions, time and size of an index\n\n'
	sizes
	printf '\n## Seven languages in one index\n\n'
	"$million" languages kalauz.index alone queries.tsv
	printf '\n## The worst case: phrases of frequent words\n\n'
	"$million" phrases kalauz.index phrases.tsv
}

build=$(cd "$build" && pwd)
mkdir -p "$folder" "$here/results"
[ -d "$folder/sentences" ] ||
	python3 "$here/gather.py" "$build/kalauz-index" "$folder" >&2
results=$(cd "$here/results" && pwd)
mix=$(cd "$here" && pwd)/mix.py
cd "$folder"
for size; do
	say "$size passages"
	[ -e "$size/phrases.tsv" ] || python3 "$mix" sentences "$size" "$size"
	(
		cd "$size"
		index kalauz.index passages.jsonl
		for lines in alone/*.jsonl; do
			index "${lines%.jsonl}.index" "$lines"
		done
		peer same none
		peer same positions
		peer plain positions
		report "$size" >"$results/million-$size.new"
	)
	mv "$results/million-$size.new" "$results/million-$size.md"
	say "bench/results/million-$size.md"
done
