#!/bin/sh
# build.sh -- Debian packages from what `make install` installs: kalauz (the
# programs), libkalauz0 and libkalauz-dev.
#
# usage: build.sh STAGE VERSION OUT
#
# STAGE is a folder that holds only what `make install DESTDIR=STAGE PREFIX=/usr`
# has put there; it is used up. The packages are written to OUT. With
# DEB_COMPRESSION=none it is quick.
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
stage=$(cd "$1" && pwd)
version=$2
mkdir -p "$3"
out=$(cd "$3" && pwd)
arch=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: "${SOURCE_DATE_EPOCH:=$(stat -c %Y "$here/control")}"
export SOURCE_DATE_EPOCH

# take PACKAGE PATTERN...: these files of the stage are the package's.
take() {
	package=$1
	shift
	for pattern; do
		(cd "$stage" && find . -path "$pattern" ! -type d) |
			while read -r file; do
				mkdir -p "$work/$package/$(dirname "$file")"
				mv "$stage/$file" "$work/$package/$file"
			done
	done
}

# fields PACKAGE: its paragraph of docs/debian/control.
fields() {
	awk -v package="$1" 'BEGIN { RS = "" }
		$0 ~ "^Package: " package "\n" { print }' "$here/control"
}

# The shared libraries that the package's programs need, with versions.
depends() {
	mkdir -p "$work/shlibs/debian"
	printf 'Source: kalauz\n\nPackage: %s\nArchitecture: any\n' "$1" \
		>"$work/shlibs/debian/control"
	(
		cd "$work/shlibs"
		find "$work/$1" -type f \( -perm -u+x -o -name '*.so.*' \) \
			-exec dpkg-shlibdeps --ignore-missing-info -O {} + \
			2>/dev/null | sed 's/^shlibs:Depends=//'
	)
}

# Packages whose code or tables are in the programs and the libraries. Their
# licences ask for their notices to go where that goes.
within="libstemmer-dev libutf8proc-dev libzstd-dev zlib1g-dev libjansson-dev
	hunspell-ca hunspell-hu hunspell-pt-pt hunspell-ro"

documents() {
	doc=$work/$1/usr/share/doc/$1
	mkdir -p "$doc"
	for package in $within; do
		gzip -9nc "/usr/share/doc/$package/copyright" \
			>"$doc/copyright-$package.gz"
	done
	cp "$here/copyright" "$doc/copyright"
	gzip -9nc "$here/../../CHANGELOG.md" >"$doc/changelog.gz"
}

# pack PACKAGE DEPENDS
pack() {
	documents "$1"
	mkdir -p "$work/$1/DEBIAN"
	{
		fields "$1" | sed '/^Section:/q'
		printf 'Version: %s\nArchitecture: %s\nPriority: optional\n' \
			"$version" "$arch"
		sed -n '/^Maintainer:/p' "$here/control"
		printf 'Installed-Size: %s\n' "$(du -sk "$work/$1" | cut -f1)"
		[ -z "$2" ] || printf 'Depends: %s\n' "$2"
		fields "$1" | sed '1,/^Section:/d'
	} >"$work/$1/DEBIAN/control"
	(cd "$work/$1" && find usr -type f -exec md5sum {} +) \
		>"$work/$1/DEBIAN/md5sums"
	dpkg-deb --root-owner-group -Z"${DEB_COMPRESSION:-xz}" --build "$work/$1" \
		"$out/$1_${version}_$arch.deb" >/dev/null
}

find "$stage" -type f \( -path '*/bin/*' -o -name '*.so.*' \) \
	-exec strip --strip-unneeded {} +
find "$stage/usr/share/man" -type f -exec gzip -9n {} +
take libkalauz-dev '*/include/*' '*.a' '*/pkgconfig/*' '*/libkalauz.so' \
	'*/man3/*'
take libkalauz0 '*/libkalauz.so.*'
take kalauz './usr/*'
mkdir -p "$work/libkalauz0/DEBIAN"
echo "libkalauz 0 libkalauz0 (>= $version)" >"$work/libkalauz0/DEBIAN/shlibs"
echo 'activate-noawait ldconfig' >"$work/libkalauz0/DEBIAN/triggers"
pack kalauz "$(depends kalauz)"
pack libkalauz0 "$(depends libkalauz0)"
pack libkalauz-dev "libkalauz0 (= $version), libxapian-dev, libstemmer-dev,\
 libutf8proc-dev, libzstd-dev, zlib1g-dev"
ls "$out"
