#!/usr/bin/env python3
"""Ask what nobody asks: every query is answered, in bounded time and memory.

    tests/hostile_queries.py [-v]

Each query is asked in a process of its own, which may take SECONDS and
MEGABYTES, on an index of corpus/; -v shows what it took. No query is an error
for what it contains, so the exit code is that of --batch: 0.
"""

import functools
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODE = os.environ.get("MODE", "release")
BUILD = ROOT / "build" / MODE

# Far above what is needed (a quarter of a second, 80 MB), since machines are
# busy; far below what a query would take that is not bounded.
SECONDS, MEGABYTES = 5, 512
MEGABYTE, TEN_MEGABYTES = 1 << 20, 10 << 20

passed = failed = 0


@functools.lru_cache(maxsize=1)
def words(count):
    """So many words, most of them not in any index."""
    chance = random.Random(1)
    return [("".join(chance.choices("abcdefghijklmnoprstuvz", k=7)))
            for _ in range(count)]


def queries():
    """(name, bytes) of each query; a line of --batch, so without line ends."""
    common = "the community and school learning of group local people".split()
    marks = "\u200f\u202e\u2066\u202b\u200e\u2069"
    texts = {
        "ten megabytes of a letter": "a" * TEN_MEGABYTES,
        "ten megabytes of words": "community " * (TEN_MEGABYTES // 10),
        "a megabyte of spaces": " " * MEGABYTE + "community",
        "a megabyte of marks": "a" + "\u0301" * (MEGABYTE // 2),
        "a megabyte of quotes": '"' * MEGABYTE,
        "ten megabytes of brackets": "(" * TEN_MEGABYTES,
        "a megabyte of signs": "+-" * (MEGABYTE // 2),
        "a megabyte of stars": "*" * MEGABYTE,
        "100,000 words": " ".join(words(100000)),
        "100,000 common words": " ".join(common * 12500),
        "100,000 words of a phrase": '"' + " ".join(common * 12500) + '"',
        "100,000 words of a phrase, misspelt": '"' + " ".join(
            words(100000)) + '"',
        "100,000 words that must": "+" + " +".join(words(100000)),
        "100,000 words that must not": "community -" + " -".join(words(100000)),
        "100,000 prefixes": "* ".join(word[:2] for word in words(100000)) + "*",
        "100,000 alternatives": " OR ".join(words(100000)),
        "100,000 NEAR": " NEAR/1000 ".join(common * 12500),
        "100,000 fields": " ".join(f"title:{word}" for word in words(100000)),
        "100,000 paths": " ".join(f"path:{word}" for word in words(100000)),
        "all stop words": "the of and to in a is " * 3000,
        "common phrases": '"of the" "and the" "in the" ' * 1000,
        "only operators": "AND OR NOT NEAR NEAR/5 AND AND OR NOT " * 1000,
        "one operator": "AND", "only signs": '+ - * " ( ) : /',
        "only not": "-community -school", "NOT alone": "NOT community",
        "a star": "*", "a prefix": "a*", "prefixes": "a* e* i* o* u* s* t* c*",
        "a prefix of nothing": "zzzzzzzz*", "prefix of a phrase": '"the a*"',
        "brackets": "(" * 100000 + "community" + ")" * 100000,
        "groups": "(a OR (b AND " * 50000 + "c" + "))" * 50000,
        "open groups": "(community " * 100000,
        "closing": ")" * 100000 + "community",
        "signs in groups": "-(+(-(" * 50000 + "community",
        "NEAR of numbers": "community NEAR/99999999999999999999 school",
        "right to left": marks + "community" + marks,
        "only marks": marks * 1000, "controls": "".join(
            chr(c) for c in range(1, 32) if c != 10) + "community",
        "joined": "community-" * 100000, "elided": "l'" * 100000 + "escola",
        "digits": "1,2.3" * 100000, "ligature": "\ufdfa" * 10000,
        "compounds": "közösségtanulás" * 1000, "hangul": "\u1100\u1161" * 50000,
        "misspelt": "comunityy schol lerning grup",
        "fields": "lang:xx kind:? place: title: path:/ url:x lang:" + "h" * 9999,
        "formats": "%s%n%d %x", "markup": "<script>alert(1)</script> & \" '",
        "beyond": "\U0010ffff\ufffe\ufdd0 community",
    }
    result = {name: text.encode() for name, text in texts.items()}
    result.update({
        "zeros": b"comm\0unity \0\0 school\0", "only zeros": b"\0" * 100000,
        "no UTF-8": b"\xff\xfe\xc0\x80 community \xed\xa0\x80",
        "only no UTF-8": b"\xff" * 100000, "cut UTF-8": b"community \xe2\x82",
        "latin": "közösség".encode("iso8859_2"),
        "noise": random.Random(1).randbytes(20000).replace(
            b"\n", b"").replace(b"\t", b""),
    })
    return result


def expect(holds, what):
    """Count, and say what is not so."""
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("not ok:", what[:500])


def limit():
    """In the child: the address space, but for sanitizers, which take it all."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if MODE in ("release", "debug"):
        most = MEGABYTES << 20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def ask(index, query, *options):
    """Ask one query; returns exit code, answer and seconds, or no code if it
    hung."""
    start = time.monotonic()
    try:
        done = subprocess.run(
            [BUILD / "kalauz-query", "--batch", "-", "--json", *options, index],
            input=b"q\t" + query + b"\n", capture_output=True,
            timeout=SECONDS * 4, check=False, preexec_fn=limit)
    except subprocess.TimeoutExpired:
        return None, b"", SECONDS * 4
    return done.returncode, done.stdout + done.stderr, time.monotonic() - start


def check(index, name, query, *options):
    """One query with these options."""
    code, answer, seconds = ask(index, query, *options)
    what = f"{name} {' '.join(options)}"
    if "-v" in sys.argv:
        print(f"{seconds:6.2f} s  {len(answer):9} bytes  {what}")
    expect(code == 0, f"{what}: exit code {code}: "
           f"{answer.decode('utf-8', 'replace')}")
    expect(seconds < SECONDS, f"{what}: {seconds:.1f} s")
    try:
        json.loads(answer.decode())
    except ValueError as error:
        expect(False, f"{what}: the answer is no JSON: {error}")


def main():
    with tempfile.TemporaryDirectory(prefix="kalauz-queries-") as work:
        index = os.path.join(work, "ix")
        subprocess.run([BUILD / "kalauz-index", "-q", index,
                        ROOT / "corpus/guides", ROOT / "corpus/stories"],
                       check=True)
        asked = queries()
        for name, query in asked.items():
            check(index, name, query)
        for name in ("100,000 words", "100,000 common words", "no UTF-8",
                     "a prefix"):
            check(index, name, asked[name], "--explain", "--facets")
            check(index, name, asked[name], "--all", "--per-document", "0",
                  "-n", "1000000")
        # A shell hands on at most 128 KB a word; they are joined.
        done = subprocess.run(
            [BUILD / "kalauz-query", index, *["community " * 10000] * 10],
            capture_output=True, check=False, timeout=SECONDS * 4)
        expect(done.returncode == 0, "a megabyte of arguments")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
