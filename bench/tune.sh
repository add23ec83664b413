#!/bin/sh
# tune.sh -- what the constants of lib/search/constants.h are worth.
#
# usage: bench/tune.sh SETS [NAME=VALUE[,NAME=VALUE]...|NAME|second]...
#        bench/tune.sh sets KZI_PAIR_WEIGHT=0.1 KZI_PAIR_WEIGHT=0.3,KZI_RERANKED=100
#        bench/tune.sh sets KZI_OPENING_WEIGHT
#
# A NAME alone is tried at half, three quarters, one and a third and twice what
# it is; "second" is every constant of the second stage so.
#
# SETS is a folder of test sets, each a folder of its own:
#
#     passages.jsonl   {"id": ..., "lang": ..., "text": ...} a line
#     queries.tsv      qid<TAB>lang<TAB>query
#     qrels.txt        qid 0 id relevance
#
# All sets go into one index, and no query tells its language, as users have it.
# The first row is the build as it is; every further one a build with these
# constants: nDCG@10 of each language and of all queries, the difference to the
# first row, and how likely chance alone would make it (paired randomisation).
# Run it from the top of the sources. Tune little: a gain of less than .003 is
# noise, and one language's gain is not a reason.
set -eu
# shellcheck disable=SC2015 # Both must be, or else.
[ $# -ge 1 ] && [ -f lib/search/constants.h ] || {
	sed -n 's/^# usage: /usage: /p' "$0" >&2
	exit 2
}
sets=$1
shift
work=build/tune
mkdir -p "$work"

# One collection of all sets; their names keep the ids apart.
join_sets() {
	: >"$work/passages.jsonl"
	: >"$work/queries.tsv"
	: >"$work/qrels.txt"
	for set in "$sets"/*/; do
		name=$(basename "$set")
		[ -f "$set/qrels.txt" ] || continue
		awk -F'\t' -v s="$name" '{ print s ":" $1 "\t" $2 "\t" $3 }' \
			"$set/queries.tsv" >>"$work/queries.tsv"
		awk -v s="$name" '{ print s ":" $1, $2, s ":" $3, $4 }' \
			"$set/qrels.txt" >>"$work/qrels.txt"
		python3 -c '
import json, sys
for line in sys.stdin:
    passage = json.loads(line)
    passage["id"] = sys.argv[1] + ":" + passage["id"]
    print(json.dumps(passage, ensure_ascii=False))' "$name" \
			<"$set/passages.jsonl" >>"$work/passages.jsonl"
	done
}

# "build FOLDER KZI_A=1,KZI_B=2"
build() {
	flags=
	for define in $(echo "$2" | tr , ' '); do
		name=${define%%=*}
		grep -q "^#ifndef $name\$" lib/search/constants.h || {
			echo "tune.sh: $name: not in constants.h" >&2
			exit 2
		}
		flags="$flags -D$define"
	done
	make -s B="$1" CPPFLAGS="$flags" "$1/kalauz-index" \
		"$1/kalauz-bench" >/dev/null
}

# "row LABEL PROGRAM [OPTION]...": what kalauz-bench --qrels says, on a line.
row() {
	label=$1 program=$2
	shift 2
	"$program" --qrels "$work/qrels.txt" "$@" "$work/index" \
		"$work/queries.tsv" | awk -v label="$label" '
		/^[a-z][a-z][a-z]? +[0-9]/ {
			value[$1] = $3
			names[++n] = $1
			if ($1 == "all" && $6 ~ /^p=/) {
				difference = $5
				chance = substr($6, 3)
			}
		}
		END {
			if (label == "") {
				printf "%-40s", "constants"
				for (i = 1; i <= n; i++)
					printf " %6s", names[i]
				print "   diff      p"
				label = "(as it is)"
			}
			printf "%-40s", label
			for (i = 1; i <= n; i++)
				printf " %.4f", value[names[i]]
			print "  " difference "  " chance
		}'
}

# "around NAME": NAME=VALUE for some values near the one it has.
around() {
	awk -v name="$1" '$1 == "#define" && $2 == name {
		split("0.5 0.75 1.33 2", times, " ")
		form = $3 ~ /[.]/ ? "%s=%g " : "%s=%.0f "
		for (i = 1; i <= 4; i++)
			printf form, name, $3 * times[i]
	}' lib/search/constants.h
}

# The arguments, those without a value as what they stand for.
variants() {
	for argument; do
		case $argument in
		*=*) echo "$argument" ;;
		second) for name in $(sed -n '/ Second stage/,$ {
				s/^#define \(KZI_[A-Z_]*\) .*/\1/p
			}' lib/search/constants.h); do
			around "$name"
		done ;;
		*) around "$argument" ;;
		esac
	done
}

join_sets
build "$work/base" ""
rm -rf "$work/index"
"$work/base/kalauz-index" -q "$work/index" "$work/passages.jsonl"
row "" "$work/base/kalauz-bench" --run-file "$work/base.run"
for variant in $(variants "$@"); do
	build "$work/variant" "$variant"
	row "$variant" "$work/variant/kalauz-bench" --against "$work/base.run"
done
