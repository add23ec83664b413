#!/usr/bin/env python3
"""Fail on what the compiler lets pass and this project does not.

Functions over 60 lines and banned calls fail; functions over 44 lines are
shown. `make lint` runs this, `make check` too.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["include", "lib", "indexer", "query", "bench"]
LONG, TOO_LONG = 44, 60  # Lines of a function, its braces included.

BANNED = {
    "strcpy": "kzi_buf_text or snprintf",
    "strcat": "kzi_buf_text or snprintf",
    "sprintf": "snprintf",
    "vsprintf": "vsnprintf",
    "atoi": "strtoul, with a look at where it stopped",
    "gets": "fgets or getline",
    "alloca": "an arena",
    "setlocale": "nothing: the locale belongs to the host",
}
# Who may call what else may not.
ONLY = {
    "malloc": ["lib/base/alloc.c", "lib/cli/", "query/", "bench/"],
    "calloc": ["lib/base/alloc.c", "lib/cli/", "query/", "bench/"],
    "realloc": ["lib/base/alloc.c", "lib/cli/", "query/", "bench/"],
    "strtok": ["lib/text/lang/compile_"],
    "exit": ["lib/cli/", "lib/text/lang/compile_", "bench/"],
    "abort": [],
    "getenv": ["lib/cli/", "bench/", "indexer/index_main.c"],
    "printf": ["lib/cli/", "query/", "indexer/", "bench/",
               "lib/text/lang/compile_"],
}
# Strings and comments in one, so that neither is looked for in the other.
QUIET = re.compile(r'"(?:\\.|[^"\\\n])*"|' r"'(?:\\.|[^'\\\n])*'|"
                   r"/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*")
CALL = re.compile(r"(?<![\w>.])(?:std::)?(\w+)\s*\(")


def blank(match):
    """White space with the same lines: 'a /* b */' => 'a        '."""
    return re.sub(r"[^\n]", " ", match.group())


def functions(lines):
    """Yield (line of the opening brace, lines) for each body in column 0."""
    start = None
    for number, line in enumerate(lines, 1):
        if line.rstrip() == "{":
            start = number
        elif line.rstrip() == "}" and start:
            yield start, number - start + 1
            start = None


def fault_of_call(path, name):
    """Why `path` may not call `name`, or None."""
    if name in BANNED:
        return f"{name} is banned: use {BANNED[name]}"
    if name in ONLY and not any(path.startswith(p) for p in ONLY[name]):
        where = ", ".join(ONLY[name]) or "nobody"
        return f"{name} is for {where}"
    return None


def check(source):
    """Print what is wrong with a file; returns how many faults fail."""
    path = source.relative_to(ROOT).as_posix()
    text = QUIET.sub(blank, source.read_text("utf-8"))
    lines = text.splitlines()
    faults = 0
    for number, line in enumerate(lines, 1):
        for match in CALL.finditer(line):
            fault = fault_of_call(path, match.group(1))
            if fault:
                print(f"{path}:{number}: {fault}")
                faults += 1
    for start, length in functions(lines):
        if length > LONG:
            print(f"{path}:{start}: a function of {length} lines "
                  f"(at best {LONG})")
            faults += length > TOO_LONG
    return faults


def main():
    sources = sorted(
        source for folder in FOLDERS for source in (ROOT / folder).rglob("*")
        if source.suffix in (".c", ".h", ".cc", ".hh"))
    faults = sum(check(source) for source in sources)
    print(f"{len(sources)} files, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
