#!/usr/bin/env python3
"""Index a folder of hostile files: every one ends in an outcome, in time.

    tests/hostile.py [-v] [MUTANTS [SEED]]

Makes the folder of hostile_corpus.py, runs kalauz-index over it, and looks at
what came of it: no crash of the run, no hang, every file told of exactly once,
exit code 1, an index that --check finds whole, nothing written elsewhere and
nothing read from there. MUTANTS adds that many files damaged by chance, for a
long run by hand; -v shows why files were not read.
"""

import collections
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

import hostile_corpus

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / os.environ.get("MODE", "release")
INDEX, QUERY = BUILD / "kalauz-index", BUILD / "kalauz-query"

# Seconds after which a file is given up, and the whole run: far more than it
# takes, far less than one hang for each bomb at the usual limit.
FILE_SECONDS, RUN_SECONDS = 2, 240

GOOD = "A page of the learning community, which has to be found."

passed = failed = 0


def expect(holds, what):
    """Count, and say what is not so."""
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("not ok:", what)


def shown(name):
    """A name of bytes as the report has it; how many marks stand for what is
    no UTF-8 is left open."""
    return re.sub("\ufffd+", "\ufffd", name.decode("utf-8", "replace"))


def entries_of(folder):
    """What the indexer should tell of: each entry that is no folder, links to
    folders too, as names below `folder`."""
    names, stack = [], [b""]
    while stack:
        below = stack.pop()
        try:
            found = list(os.scandir(os.path.join(folder, below)))
        except OSError:  # Its path is too long: it is told of itself.
            names.append(below)
            continue
        for entry in found:
            name = os.path.join(below, entry.name)
            if entry.name == b"kalauz.ini" or entry.name.startswith(b"."):
                continue
            if entry.is_dir(follow_symlinks=False):
                stack.append(name)
            else:
                names.append(name)
    return names


def run(*arguments, seconds=RUN_SECONDS):
    """Run a program: exit code (None: it hung), stdout, stderr."""
    try:
        done = subprocess.run(
            [os.fsencode(argument) for argument in arguments],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds,
            check=False)
    except subprocess.TimeoutExpired as hung:
        return None, hung.stdout or b"", hung.stderr or b""
    return done.returncode, done.stdout, done.stderr


def index_folder(index, folder):
    """One run: exit code, the report, (name, outcome) of each file, and the
    lines on stderr that are no progress."""
    code, out, err = run(INDEX, "--json", "--progress", "json", "--timeout",
                         str(FILE_SECONDS), index, folder)
    steps, other = [], []
    for line in err.decode().splitlines():
        try:
            step = json.loads(line)
            steps.append((step["path"], step["outcome"]))
        except ValueError:
            other.append(line)
    return code, json.loads(out or b"{}"), steps, other


def check_report(code, report, steps, names):
    """Everything is told of, once, in the progress and in the report."""
    expect(code == 1, f"exit code 1, but it is {code}")
    wanted = collections.Counter(shown(name) for name in names)
    told = collections.Counter(
        shown(name.encode()) for name, _ in steps)
    for name in list((wanted - told) + (told - wanted))[:10]:
        expect(False, f"told of {told[name]} times, not {wanted[name]}: "
               f"{name!r}")
    expect(wanted == told, "every file is told of once")
    counts = collections.Counter(outcome for _, outcome in steps)
    said = {key: count for key, count in report.get("files", {}).items()
            if count}
    expect(said == dict(counts), f"counts: {said}, not {dict(counts)}")
    not_indexed = collections.Counter(
        (shown(file["path"].encode()), file["outcome"])
        for file in report.get("not_indexed", []))
    missing = collections.Counter(
        (shown(name.encode()), outcome) for name, outcome in steps
        if outcome in ("failed", "skipped", "empty"))
    expect(not_indexed == missing, "every file not indexed is listed once")
    expect(all(file["reason"] for file in report.get("not_indexed", [])),
           "every one has a reason")


def check_outcomes(steps):
    """What is known of some of them."""
    outcomes = dict(steps)
    for name in ("good/page.txt", "settings/pipe/page.txt",
                 "settings/zero/page.txt", "settings/large/page.txt",
                 "names/*.txt", "names/two\nlines.txt", "deep/arrays.pdf",
                 "archives/same.zip", "huge/lines.jsonl", "huge/words.txt"):
        wanted = "failed" if name == "huge/lines.jsonl" else "indexed"
        expect(outcomes.get(name) == wanted,
               f"{name}: {outcomes.get(name)}, not {wanted}")
    for name in ("special/pipe.txt", "special/zero.txt", "special/loop-a.txt",
                 "special/root", "locked/locked.pdf", "bombs/words.zip",
                 "bombs/nested.zip", "bombs/part.docx", "bombs/words.txt.gz",
                 "huge/5-gigabytes.txt", "deep/archives.zip"):
        expect(outcomes.get(name) == "failed",
               f"{name}: {outcomes.get(name)}, not failed")


def check_index(index):
    """The index is whole, finds what is good, and holds nothing that lay
    elsewhere."""
    code, out, err = run(INDEX, "--check", index)
    expect(code == 0, f"--check: exit code {code}: {(out + err).decode()}")
    code, out, _ = run(QUERY, "--json", index, GOOD)
    hits = [hit["document"] for hit in json.loads(out or b"{}").get("hits", [])]
    expect(code == 0 and hits[0] == "good/page.txt", f"the good page: {hits}")
    code, out, _ = run(QUERY, "--json", "--all", index, "root bin nologin")
    expect(code == 1, "nothing out of /etc/passwd: " + out[:200].decode(
        "utf-8", "replace"))


def check_again(index, folder, first):
    """The next run reads nothing again, and says the same."""
    start = time.monotonic()
    code, report, _, _ = index_folder(index, folder)
    files = report.get("files", {})
    expect(code == 1, f"the second run: exit code {code}")
    expect(files.get("unchanged") == first["files"]["indexed"],
           f"the second run: {files}")
    expect(time.monotonic() - start < 10, "the second run takes no time")


def explain(report):
    """For -v: why files were not read."""
    reasons = collections.Counter(
        re.sub(r"\d+", "N", file["reason"])[:60]
        for file in report["not_indexed"])
    for reason, count in reasons.most_common():
        print(f"{count:7}  {reason}")


def main():
    arguments = [word for word in sys.argv[1:] if word != "-v"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="kalauz-hostile-") as work:
        folder, index = os.path.join(work, "files"), os.path.join(work, "ix")
        hostile_corpus.make(folder, *(int(word) for word in arguments))
        os.mkdir(os.path.join(folder, "good"))
        with open(os.path.join(folder, "good", "page.txt"), "w",
                  encoding="ascii") as file:
            file.write(GOOD)
        names = entries_of(os.fsencode(folder))
        expect(len(names) >= 300, f"{len(names)} files are too few")
        code, report, steps, other = index_folder(index, folder)
        expect(not other, f"it says nothing else: {other[:5]}")
        check_report(code, report, steps, names)
        check_outcomes(steps)
        check_index(index)
        if report:
            check_again(index, folder, report)
        left = sorted(os.listdir(work))
        expect(left == ["files", "ix"], f"nothing is written elsewhere: {left}")
        expect(entries_of(os.fsencode(folder)) == names, "nor among the files")
        if "-v" in sys.argv:
            explain(report)
        subprocess.run(["chmod", "-R", "u+rwx", folder], check=False,
                       stderr=subprocess.DEVNULL)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
