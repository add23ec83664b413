#!/bin/sh
# examples.sh -- what `make install` installs is all that others need.
#
# Installs into a folder of its own and looks at what is there, compiles the
# header as C99 and C++, and runs docs/examples against the installed library and
# programs: nothing of the build tree is on any path.

root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
mode=${MODE:-release}
case $mode in
asan | tsan)
	echo "# SKIP a host of a library with a sanitizer must have it too"
	exit 0
	;;
esac
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 2
passed=0 failed=0
: "${CC:=cc}" "${CXX:=c++}"

# check NAME COMMAND...: run it; it must succeed.
check() {
	name=$1
	shift
	if "$@" >out 2>err; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not ok: $name"
		sed 's/^/    /' out err
	fi
}

unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR
prefix=/opt/kalauz
check "make install" make -s -C "$root" MODE="$mode" install \
	DESTDIR="$work/root" PREFIX=$prefix LIBDIR=$prefix/lib/here
here=$work/root$prefix
lib=$here/lib/here
PATH=$here/bin:$PATH LD_LIBRARY_PATH=$lib
PKG_CONFIG_SYSROOT_DIR=$work/root PKG_CONFIG_PATH=$lib/pkgconfig
export PATH LD_LIBRARY_PATH PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_PATH

# ---- The library ------------------------------------------------------------

soname() {
	objdump -p "$lib/libkalauz.so" | grep -q 'SONAME *libkalauz\.so\.0$' &&
		[ -e "$lib/libkalauz.so.0" ]
}
check "the soname" soname

# Exported is what kalauz.h declares, no more and no less.
symbols() {
	nm -D --defined-only "$lib/libkalauz.so" | awk '{ print $3 }' |
		sort >exported
	tr '\n' ' ' <"$here/include/kalauz.h" | grep -oE 'kz_[a-z_]+\(' |
		tr -d '(' | sort -u >declared
	diff declared exported
}
check "only kz_ symbols" symbols

static_symbols() {
	! nm -g --defined-only "$lib/libkalauz.a" 2>/dev/null |
		awk 'NF == 3 && $2 ~ /[TDBR]/ { print $3 }' |
		grep -vE '^(kzi?_|_Z)'
}
check "no foreign names in libkalauz.a" static_symbols

echo '#include <kalauz.h>' >header.c
cp header.c header.cc
strict="-Wall -Wextra -pedantic -Werror -I$here/include -fsyntax-only"
# shellcheck disable=SC2086 # Words on purpose.
for standard in c99 c11 c17; do
	check "the header as $standard" "$CC" -std=$standard $strict header.c
done
# shellcheck disable=SC2086
for standard in c++98 c++11 c++20; do
	check "the header as $standard" "$CXX" -std=$standard $strict header.cc
done

# ---- Examples ---------------------------------------------------------------

cp "$root"/docs/examples/* .
mkdir pages
cp -r "$root/corpus/stories" "$root/corpus/guides" pages
check "an index" kalauz-index -q ix pages

# flags ARGUMENT...: of the installed library.
flags() {
	pkg-config "$@" kalauz
}
compile() {
	# shellcheck disable=SC2046
	"$@" -Wall -Wextra -Werror $(flags --cflags --libs)
}
compile_static() {
	# shellcheck disable=SC2046
	"$CC" -o static search.c $(flags --cflags) "$lib/libkalauz.a" \
		-lxapian -lutf8proc -lzstd -lz -lstemmer -lstdc++ -lm
}
check "search.c compiles" compile "$CC" -std=c99 -pedantic -o c search.c
check "search.cc compiles" compile "$CXX" -std=c++17 -pedantic -o cc search.cc
check "search.c compiles against libkalauz.a" compile_static
check "search.c has 30 lines" [ "$(grep -c . search.c)" -le 30 ]

# finds COMMAND...: three hits for a query, in columns, the first the right one.
finds() {
	"$@" ix "llifogydd yn y dyffryn" >found || return 1
	head -n 3 found
	awk -F '\t' 'NR <= 3 && NF == 3 { n++ } END { exit n != 3 }' found &&
		head -n 1 found | grep -q '^stories/wales/llifogydd'
}
check "search.c" finds ./c
check "search.c, static" finds ./static
check "search.cc" finds ./cc
check "search_ctypes.py" finds python3 search_ctypes.py
check "search_pipe.py" finds python3 search_pipe.py
check "search_pipe.mjs" finds node search_pipe.mjs
check "search.sh" finds sh search.sh

# says_why COMMAND...: no index, and no signal: one sentence, and a failure.
says_why() {
	! "$@" nowhere a >found 2>why && grep -q 'no index there' why &&
		[ ! -s found ]
}
for program in ./c ./cc "python3 search_ctypes.py" "python3 search_pipe.py" \
	"node search_pipe.mjs" "sh search.sh"; do
	# shellcheck disable=SC2086
	check "$program says why" says_why $program
done

# Names of files are bytes, in UTF-8 or not.
any_name() {
	name=$(printf 'caf\351')
	mkdir "$name"
	echo alpha >"$name/$name.txt"
	kalauz-index -q "$name.ix" "$name" &&
		python3 search_ctypes.py "$name.ix" alpha | grep -q '#p1.*alpha'
}
check "search_ctypes.py, names that are no UTF-8" any_name

# Every line has its form, and some passage is not on the first line.
quickfix() {
	sh quickfix.sh ix pages llifogydd >found
	cat found
	[ "$(wc -l <found)" -gt 2 ] || return 1
	! grep -vE '^pages/stories/[^:]+\.html:[1-9][0-9]*: .' found || return 1
	grep -qE ':[1-9][0-9]+: ' found
}
check "quickfix.sh" quickfix
in_vim() {
	cat >test.vim <<-'END'
		set grepprg=sh\ quickfix.sh\ ix\ pages grepformat=%f:%l:\ %m
		silent grep! llifogydd
		let good = len(getqflist()) > 2 &&
			\ bufname(getqflist()[0].bufnr) =~ '^pages/stories/'
		execute good ? 'qall!' : 'cquit!'
	END
	vim -Nu NONE -es -S test.vim </dev/null
}
# Emacs' grep reads the same lines.
if command -v vim >/dev/null; then
	check "quickfix.sh in vim" in_vim
else
	echo "# SKIP vim is not installed"
fi

# ---- Gone again -------------------------------------------------------------

check "make uninstall" make -s -C "$root" MODE="$mode" uninstall \
	DESTDIR="$work/root" PREFIX=$prefix LIBDIR=$prefix/lib/here
left() {
	! find "$here" -type f -o -type l | grep .
}
check "nothing is left of it" left
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
