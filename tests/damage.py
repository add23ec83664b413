#!/usr/bin/env python3
"""An index damaged at random is told so, every time: never a signal.

    tests/damage.py                    60 damages of each sort, in a minute
    ROUNDS=1000 SEED=7 tests/damage.py

Bytes are changed, blocks zeroed or exchanged, files cut, emptied, lengthened or
removed, in a folder and in an index of one file. Then kalauz-query asks it,
kalauz-index --check looks at it, and kalauz-index brings it up to date:

- every program ends by itself, with a code that the contract knows;
- who ends with 3 says why;
- who answers gives the answers of the undamaged index;
- what --check finds whole answers, and what was brought up to date is whole.

One damage in six leaves the file's time as it was, as a disk that rots does:
that cannot be seen without reading everything (--check does), so only the first
two must hold.
"""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / os.environ.get("MODE", "release")
QUERY, INDEX = str(BUILD / "kalauz-query"), str(BUILD / "kalauz-index")
ROUNDS = int(os.environ.get("ROUNDS", "60"))
SEED = int(os.environ.get("SEED", "20090615"))
QUERIES = """community garden
"learning circle"
schol OR kulcs*
title:iskola -lang:hu
comunitat NEAR/9 gent
llifogydd
"""


def run(*command, timeout=60):
    """Exit code (negative: a signal), stdout, stderr."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, check=False,
                              stderr=subprocess.PIPE, timeout=timeout,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return -99, b"", b"no end"
    return done.returncode, done.stdout, done.stderr


# ---- Damage ---------------------------------------------------------------

def flip(data, chance):
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)


def change(data, chance):
    at = chance.randrange(len(data))
    data[at] = (data[at] + chance.randint(1, 255)) % 256


def smear(data, chance):
    at, length = chance.randrange(len(data)), chance.randint(2, 600)
    value = chance.choice([0, 255, chance.randrange(256)])
    for i in range(at, min(at + length, len(data))):
        data[i] = value


def exchange(data, chance):
    """Two blocks of a table, as a file system that mixed them up."""
    blocks = max(len(data) // 8192, 1)
    a, b = (8192 * chance.randrange(blocks) for _ in range(2))
    data[a:a + 8192], data[b:b + 8192] = data[b:b + 8192], data[a:a + 8192]


def cut(data, chance):
    del data[chance.randrange(len(data)):]


def empty(data, chance):
    del data[:]


def lengthen(data, chance):
    data += bytes(chance.randrange(256) for _ in range(99))


SORTS = [flip, flip, change, change, smear, exchange, cut, empty, lengthen]


def damage(path, chance, keeps_time):
    """Damage a file; returns how."""
    data = bytearray(path.read_bytes())
    times = path.stat()
    if chance.randrange(12) == 0:
        path.unlink()
        return "removed"
    if not data:
        return "nothing"
    sort = chance.choice(SORTS)
    whole = bytes(data)
    sort(data, chance)
    path.write_bytes(data)
    if keeps_time:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return "nothing" if bytes(data) == whole else sort.__name__


# ---- What must hold -------------------------------------------------------

class Round:
    def __init__(self, name):
        self.name, self.faults = name, []

    def fault(self, what, shown=b""):
        self.faults.append(f"{self.name}: {what}: {shown[:200]!r}")

    def ends(self, what, result, codes):
        """Did it end as it may? Returns the code."""
        code, _, messages = result
        if code not in codes:
            self.fault(f"{what} ends with {code}", messages)
        if code == 3 and not messages.strip():
            self.fault(f"{what}: 3 without a word")
        return code


def ask(index, queries):
    return run(QUERY, "--batch", str(queries), "--format", "trec", "-n", "30",
               str(index))


def try_folder(work, number, whole, answers, chance):
    here = work / "here"
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(whole, here)  # With its times.
    files = sorted(p for p in here.rglob("*") if p.is_file())
    path, rots = chance.choice(files), chance.randrange(6) == 0
    how = damage(path, chance, rots)
    is_silent = rots and how != "removed"
    this = Round(f"{number}: {path.relative_to(here)} {how}"
                 f"{', time kept' if is_silent else ''}")
    result = ask(here, work / "queries")
    code = this.ends("query", result, (0, 3))
    if code == 0 and not is_silent and result[1] != answers:
        this.fault("other answers")
    checked = this.ends("--check", run(INDEX, "--check", str(here)), (0, 3))
    if checked == 0 and (code != 0 or result[1] != answers):
        this.fault("--check finds it whole")
    updated = this.ends("update", run(
        INDEX, "-q", str(here), str(work / "pages")), (0, 1, 3))
    if updated < 3 and not is_silent:
        this.ends("--check after it",
                  run(INDEX, "--check", str(here)), (0,))
        if ask(here, work / "queries")[1] != answers:
            this.fault("other answers after an update")
    return this.faults


def try_file(work, number, whole, answers, chance):
    path, rots = work / "here.kalauz", chance.randrange(6) == 0
    shutil.copy2(whole, path)
    how = damage(path, chance, rots)
    this = Round(f"{number}: one file {how}{', time kept' if rots else ''}")
    result = ask(path, work / "queries")
    code = this.ends("query", result, (0, 3))
    if code == 0 and not rots and result[1] != answers:
        this.fault("other answers")
    if path.exists():
        this.ends("--check", run(INDEX, "--check", str(path)), (0, 3))
    return this.faults


def main():
    passed = failed = 0
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        (work / "queries").write_text(QUERIES, encoding="utf-8")
        shutil.copytree(ROOT / "corpus/stories", work / "pages")
        shutil.copytree(ROOT / "corpus/guides", work / "pages/guides")
        whole, packed = work / "whole", work / "whole.kalauz"
        run(INDEX, "-q", str(whole), str(work / "pages"))
        run(INDEX, "-q", "--compact", str(packed), str(whole))
        for index, attempt in (whole, try_folder), (packed, try_file):
            code, answers, messages = ask(index, work / "queries")
            if code != 0 or len(answers) < 1000:
                print(f"{index}: {messages}")
                return 1
            for number in range(ROUNDS):
                faults = attempt(work, number, index, answers, chance)
                passed, failed = passed + (not faults), failed + bool(faults)
                for fault in faults:
                    print(f"not ok {fault}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
