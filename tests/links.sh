#!/bin/sh
# links.sh -- kalauz-query needs few shared libraries, and no new ones.
#
#   tests/links.sh [PROGRAM]
#
# What reads documents (libxml2, yajl) is the indexer's business, and Xapian is
# loaded by the queries that need it. A library that shows up here came in by an
# #include in the wrong folder or by a flag.

root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
program=${1:-$root/build/${MODE:-release}/kalauz-query}
allowed='linux-vdso ld-linux[a-z0-9-]* libc libm'
linked='libgcc_s libstdc\+\+ libxapian libuuid'
# A sanitizer brings its own, and sees all of a program.
case ${MODE:-release} in
asan) allowed="$allowed $linked libasan libubsan" ;;
tsan) allowed="$allowed $linked libtsan" ;;
coverage) allowed="$allowed $linked" ;;
esac

pattern=$(printf %s "$allowed" | tr -s '\n\t ' '|')
list=$(ldd "$program") || exit 2
# "	libz.so.1 => /lib/libz.so.1 (0x7f00)" => "libz.so.1"
found=$(echo "$list" | awk '{ print $1 }' | sed 's|.*/||')
extra=$(echo "$found" | grep -vE "^($pattern)(-[0-9.]+)?\.so")
if [ -n "$extra" ]; then
	echo "kalauz-query needs libraries that it should not:"
	echo "$extra"
	exit 1
fi
echo "kalauz-query needs $(echo "$found" | wc -l) shared libraries, all known"
