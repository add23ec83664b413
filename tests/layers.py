#!/usr/bin/env python3
"""Fail on an #include that goes against the layers.

Reads every #include line of the sources and compares it with the table below,
which says for each folder whose headers it may include. A folder's face is
the header with the folder's name; where only the face is listed, the other
headers of that folder are private.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Folder: what of ours it may include, besides itself. "x/" is all of a
# folder, "x/y.h" one header.
OURS = {
    "include": [],
    "lib/base": ["include/kalauz.h"],
    "lib/text": ["include/kalauz.h", "lib/base/"],
    "lib/store": ["include/kalauz.h", "lib/base/"],
    "lib/search": ["include/kalauz.h", "lib/base/", "lib/text/text.h",
                   "lib/store/store.h"],
    "lib/cli": [],
    "indexer": ["include/kalauz.h", "lib/base/", "lib/text/text.h",
                "lib/store/store.h", "lib/cli/"],
    "query": ["include/kalauz.h", "lib/cli/"],
    # Peers are measured against parts of ours, so they look inside.
    "bench/peers": ["include/", "lib/", "indexer/"],
    "bench": ["include/kalauz.h", "lib/cli/"],
    "tests": ["include/", "lib/", "indexer/", "query/", "bench/", "build/"],
}

# A header of someone else, by the beginning of its name: who may include it.
THEIRS = {
    "xapian": ["lib/store", "bench/peers"],
    "dlfcn.h": ["lib/store"],
    "zstd.h": ["lib/store"],
    "zdict.h": ["lib/store"],
    "libstemmer.h": ["lib/text"],
    "utf8proc.h": ["lib/text", "tests"],
    "libxml/": ["indexer", "tests"],
    "zlib.h": ["lib/store", "indexer", "tests"],
    "archive": ["indexer", "tests"],
    "md4c": ["indexer"],
    "poppler.h": ["indexer"],
    "jansson.h": ["query", "bench", "tests"],
    "yajl/": ["indexer"],
    "iconv.h": ["indexer", "lib/cli", "tests"],
    "sqlite3.h": ["bench/peers"],
    "cmocka.h": ["tests"],
    "malloc.h": ["lib/cli", "tests"],
}

# The C library, for everyone. What is in neither list is a new dependency.
LIBC = re.compile(
    r"(assert|ctype|dirent|endian|errno|fcntl|float|inttypes|limits|locale|math|poll"
    r"|pthread|sched|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool"
    r"|stddef|stdint|stdio|stdlib|string|strings|time|unistd|wchar|fnmatch"
    r"|ftw|glob|getopt|termios|sys/[a-z_]+|linux/[a-z_]+)\.h$")

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def folder_of(path):
    """'lib/text/lang/lang_cy.c' => 'lib/text'; None for what has no layer."""
    for folder in OURS:
        if path.startswith(folder + "/"):
            return folder
    return None


def resolve(source, name):
    """The path of an included header of ours, or None when there is none."""
    places = [source.parent, ROOT / "lib", ROOT / "include", ROOT]
    for place in places:
        found = (place / name).resolve()
        if found.is_file() and ROOT in found.parents:
            return found.relative_to(ROOT).as_posix()
    # What the build makes: cy_tables.h belongs to the text, what ends in
    # _data.h to the indexer.
    if name.endswith("_data.h"):
        return "indexer/" + name
    return "lib/text/" + name if name.endswith("_tables.h") else None


def fault_of_ours(folder, target):
    """Why a folder may not include a file of ours, or None."""
    for allowed in [folder + "/"] + OURS[folder]:
        if target == allowed or (
                allowed.endswith("/") and target.startswith(allowed)):
            return None
    allowed = ", ".join(OURS[folder]) or "nothing else of ours"
    return f"{folder} may include {allowed}, and itself"


def fault_of_theirs(source, folder, name):
    """Why a folder may not include <name>, or None."""
    for beginning, folders in THEIRS.items():
        if name.startswith(beginning):
            if folder in folders:
                return None
            return f"<{beginning}> is for {' and '.join(folders)} alone"
    if LIBC.match(name):
        return None
    if "." not in name and source.suffix in (".cc", ".hh"):
        return None if folder in ("lib/store", "tests", "bench/peers") \
            else "C++ is for lib/store alone"
    return "it is no header known here: add it to THEIRS if it must be"


def faults_of(source):
    """Yield 'file:line: message' for each bad #include."""
    path = source.relative_to(ROOT).as_posix()
    folder = folder_of(path)
    lines = source.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        ours, theirs = match.groups()
        target = resolve(source, ours or theirs)
        if target:
            fault = fault_of_ours(folder, target)
        elif ours:
            fault = "there is no such file"
        else:
            fault = fault_of_theirs(source, folder, theirs)
        if fault:
            yield f"{path}:{number}: {ours or theirs}: {fault}"


def main():
    sources = sorted(
        source for folder in OURS for source in (ROOT / folder).rglob("*")
        if source.suffix in (".c", ".h", ".cc", ".hh"))
    faults = [fault for source in sources for fault in faults_of(source)]
    for fault in faults:
        print(fault)
    if faults:
        print("The layers are drawn in lib/README.md. Move the code to the "
              "folder that may do this, or use the face of the other one.")
    print(f"{len(sources)} files, {len(faults)} forbidden includes")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
