# A full disk: said, with 3; the old index answers, whole; with room again the
# next run goes on.
. "$KIT"
unshare -m true 2>/dev/null || skip "no mount namespace to be had here"
cat >inside <<'END'
. "$KIT"
mkdir disk
mount -t tmpfs -o size=2m tmpfs disk 2>/dev/null || exit 77
two_pages pages
index disk/ix pages
awk 'BEGIN { srand(1); for (i = 1; i <= 3000; i++) {
	printf "{\"id\": \"d%d\", \"text\": \"", i
	for (j = 0; j < 60; j++) printf "w%d ", int(rand() * 100000)
	print "\"}" } }' >pages/many.jsonl
for how in '' --rebuild; do
	"$KALAUZ_INDEX" $how -q disk/ix pages 2>message
	echo "exit $?"
	grep -q 'No space left on device' message && echo "said so"
	[ "$(wc -l <message)" -eq 1 ] || cat message
	query disk/ix school
	index --check disk/ix
done
mount -o remount,size=64m disk
index disk/ix pages | sed 's/passages: .*/passages/'
query disk/ix school
index --check disk/ix
END
unshare -m sh inside
code=$?
[ "$code" -ne 77 ] || skip "no tmpfs to be mounted here"
exit "$code"
