#!/bin/sh
# xapian_static.sh -- make build/xapian/libxapian.a from Debian's source package,
# for `make STATIC=1`: a program that holds it has fewer libraries to look
# for and thousands of addresses fewer to fill in when it starts.
#
# usage: xapian_static.sh FOLDER
#
# Nothing outside of FOLDER is touched: apt gets lists of its own there, for the
# sources that belong to the packages of this system. Needs dpkg-dev.
set -eu
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$folder"
version=$(dpkg-query -W -f '${source:Version}' libxapian-dev)

# The mirrors of this system, asked for sources.
own_lists() {
	mkdir -p lists/partial sources.d
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.sources \
		/etc/apt/sources.list.d/*.list; do
		[ -f "$file" ] || continue
		case $file in
		*.list) kind=list ;;
		*) kind=sources ;;
		esac
		grep -q debian.org "$file" || continue
		sed 's/^Types:.*/Types: deb-src/; s/^deb /deb-src /' "$file" \
			>"sources.d/$(basename "$file" ".$kind").$kind"
	done
}

own_apt() {
	apt-get -qq -o Dir::Etc::SourceList=/dev/null \
		-o Dir::Etc::SourceParts="$folder/sources.d" \
		-o Dir::State::Lists="$folder/lists" \
		-o APT::Sandbox::User=root "$@"
}

fetch() {
	own_lists
	own_apt update
	own_apt source --download-only "xapian-core=$version"
	rm -rf source
	dpkg-source --no-check -x xapian-core_*.dsc source
}

[ -d source ] || fetch
cd source
[ -f Makefile ] || ./configure --quiet --disable-shared --enable-static \
	--disable-documentation --disable-backend-remote \
	--disable-dependency-tracking --disable-backend-chert \
	CXXFLAGS="-O2 -fPIC -ffunction-sections -fdata-sections"
make -s -j "$(nproc)" libxapian.la
cp .libs/libxapian.a "$folder/libxapian.a"
