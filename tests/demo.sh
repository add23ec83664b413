#!/bin/sh
# demo.sh -- index corpus/ and ask it in each of the seven languages; fails
# unless the page named in demo.tsv comes first.
#
#   tests/demo.sh [INDEX]        (build/demo.index if not said)

root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
build=$root/build/${MODE:-release}
query=${KALAUZ_QUERY:-$build/kalauz-query}
index=${1:-$root/build/demo.index}
cd "$root/corpus" || exit 2

# 1: the index is whole, some files were no documents.
"${KALAUZ_INDEX:-$build/kalauz-index}" --rebuild -q "$index" guides stories \
	materials
if [ $? -gt 1 ]; then
	exit 1
fi
passed=0 failed=0
tab=$(printf '\t')
while IFS=$tab read -r language words wanted; do
	case $language in '#'*) continue ;; esac
	echo
	echo "[$language] $words"
	"$query" -n 1 "$index" "$words"
	found=$("$query" -n 1 --format tsv "$index" "$words" | cut -f 3)
	if [ "$found" = "$wanted" ]; then
		passed=$((passed + 1))
	else
		echo "$wanted should be first, not ${found:-nothing}"
		failed=$((failed + 1))
	fi
done <"$root/tests/demo.tsv"
echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
