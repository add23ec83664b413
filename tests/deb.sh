#!/bin/sh
# deb.sh -- the Debian packages install, work and go away; so does make uninstall.
#
# The packages go into a root of their own, whose database begins as a copy of
# this system's: dpkg checks what they depend on, and nothing here changes.
# shellcheck disable=SC2317 # Functions are called by try.

root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
passed=0 failed=0
finish() {
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
	exit
}
if [ "${MODE:-release}" != release ] || ! command -v dpkg-shlibdeps >/dev/null
then
	echo "ok 1 - deb # SKIP not a release, or not Debian"
	finish
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
DEB_COMPRESSION=none
export DEB_COMPRESSION
trap 'exit 130' INT TERM

# try NAME COMMAND...: what it prints is shown if it fails.
try() {
	name=$1
	shift
	if "$@" >"$work/log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not ok $name"
		sed 's/^/    /' "$work/log"
	fi
}

into_root() {
	dpkg --root="$work/root" --force-not-root --force-bad-path \
		--log="$work/dpkg.log" "$@"
}

# Files and links below a folder, but for dpkg's own.
listed() {
	(cd "$1" && find . \( -type f -o -type l \) ! -path './var/*')
}

is_empty() {
	listed "$1" >"$work/list"
	cat "$work/list"
	[ ! -s "$work/list" ]
}

search() {
	"$work/root/usr/bin/kalauz-index" -q "$work/index" corpus/guides
	[ $? -le 1 ] &&
		"$work/root/usr/bin/kalauz-query" "$work/index" learning |
		grep -q '^ 1\. '
}

# A program of somebody else, with nothing but what the packages brought.
embed() {
	usr=$work/root/usr
	libs=$usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
	flags=$(PKG_CONFIG_PATH=$libs/pkgconfig \
		PKG_CONFIG_SYSROOT_DIR=$work/root PKG_CONFIG_ALLOW_SYSTEM_LIBS=1 \
		pkg-config --cflags --libs kalauz) || return 1
	sed -n '/^\.Bd -literal/,/^\.Ed/p' docs/man/kalauz.3 |
		sed '1d; $d; s/\\e/\\/g' >"$work/embed.c"
	# shellcheck disable=SC2086 # Words on purpose.
	cc -o "$work/embed" "$work/embed.c" -I"$usr/include" $flags &&
		LD_LIBRARY_PATH=$libs "$work/embed" "$work/index" learning |
		grep -q '.html: '
}

# Of each package that a static library or a dictionary of the build comes from.
notices() {
	for package in kalauz libkalauz0 libkalauz-dev; do
		for within in libstemmer-dev libzstd-dev hunspell-ro; do
			zgrep -i copyright "$work/root/usr/share/doc/$package/\
copyright-$within.gz" || return 1
		done
	done
}

remakes_same() {
	make -s deb DEB="$work/again" && for deb in "$work"/deb/*.deb; do
		cmp "$deb" "$work/again/$(basename "$deb")" || return 1
	done
}

mkdir -p "$work/root/var/lib/dpkg/info" "$work/root/var/lib/dpkg/updates"
cp /var/lib/dpkg/status "$work/root/var/lib/dpkg/status"
try "make deb" make -s deb DEB="$work/deb"
try "again, the same bytes" remakes_same
try "what is needed is there, and it installs" into_root -i "$work"/deb/*.deb
try "it answers" search
try "others can build on it" embed
try "man finds the pages" test -e "$work/root/usr/share/man/man1/kalauz-query.1.gz"
try "the notices of others go with it" notices
try "it goes away" into_root --purge kalauz libkalauz-dev libkalauz0
try "and leaves nothing" is_empty "$work/root"
try "make install" make -s install DESTDIR="$work/staged" PREFIX=/opt/k
try "make uninstall" make -s uninstall DESTDIR="$work/staged" PREFIX=/opt/k
try "leaves nothing" is_empty "$work/staged"
finish
