#!/usr/bin/env python3
"""Index the same text with several programs in turn, and write what it cost.

usage: ingest.py KALAUZ_INDEX FOLDER PASSAGES CLASSPATH REPORT

Run by ingest.sh, which makes FOLDER. Processor time is that of a program and all
its children, user and system; each contestant runs ROUNDS times, in an order
that turns, and the least of its times counts: what disturbs only adds.
"""
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 3
UNCHANGED = 10000  # Files of the run that finds nothing new.
FTS5 = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[2])
db.execute("PRAGMA journal_mode = OFF")
db.execute("PRAGMA synchronous = OFF")
db.execute("CREATE VIRTUAL TABLE passages USING fts5(lang UNINDEXED, text)")
with open(sys.argv[1], encoding="utf-8") as lines:
    db.executemany("INSERT INTO passages VALUES (?, ?)",
                   (line.rstrip("\\n").split("\\t", 1) for line in lines))
db.commit()
"""


def cost(command):
    """Seconds of processor time and by the clock; None if it failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run([str(part) for part in command],
                          stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]}: exit {done.returncode}")
    return (after.ru_utime + after.ru_stime - before.ru_utime
            - before.ru_stime, wall)


def size(path):
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def compare(contestants):
    """{name: (command, path)} to {name: (processor, wall, bytes)}."""
    found = {}
    names = list(contestants)
    for turn in range(ROUNDS):
        for name in names[turn % len(names):] + names[:turn % len(names)]:
            command, path = contestants[name]
            remove(path)
            processor, wall = cost(command)
            print(f"{name}: {processor:.2f} s", file=sys.stderr)
            if name not in found or processor < found[name][0]:
                found[name] = (processor, wall, size(path))
    return found


def table(found, text, base):
    ours = found[base][0]
    yield "| | processor s | MB/s | times ours | bytes / text |"
    yield "|---|---|---|---|---|"
    for name, (processor, _, volume) in found.items():
        yield (f"| {name} | {processor:.2f} | {text / 1e6 / processor:.1f} "
               f"| {processor / ours:.2f} | {volume / text:.2f} |")


def text_of(index, path):
    """Bytes of the text of all passages."""
    dump = subprocess.run([index, "--dump", path], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout
    return sum(len(json.loads(line)["text"].encode())
               for line in dump.splitlines())


def pages(index, folder):
    html = folder / "html"
    ours, theirs = folder / "kalauz.index", folder / "omega.db"
    found = compare({
        "kalauz-index": ([index, "-q", "--jobs", "1", ours, html], ours),
        "omindex": (["omindex", "--db", theirs, "--url", "/", html], theirs),
    })
    count = sum(1 for p in html.rglob("*") if p.is_file())
    return count, size(html), text_of(index, html), found


def passages(index, folder, source, classes):
    json_lines, tsv = source / "passages.jsonl", source / "passages.tsv"
    script = folder / "fts5.py"
    script.write_text(FTS5)
    ours = folder / "passages.index"
    lucene = ["java", "-XX:+UseSerialGC", "-cp", classes, "LuceneIndex"]
    contestants = {
        "kalauz-index": ([index, "-q", "--jobs", "1", ours, json_lines], ours),
        "SQLite FTS5": (["python3", script, tsv, folder / "fts5.db"],
                        folder / "fts5.db"),
    }
    for name, how in (("Lucene, StandardAnalyzer", "plain"),
                      ("Lucene, an analyzer a language", "stems")):
        path = folder / f"lucene.{how}"
        contestants[name] = (lucene + [how, tsv, path], path)
    found = compare(contestants)
    text = sum(len(line.split(b"\t", 1)[1]) - 1
               for line in open(tsv, "rb"))
    return text, found


def unchanged(index, folder):
    many, ours = folder / "many", folder / "many.index"
    remove(many)
    for i in range(UNCHANGED):
        page = many / str(i // 100) / f"page-{i}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<p>Page {i} of the learning community.</p>")
    remove(ours)
    first = cost([index, "-q", ours, many])[0]
    again = min(cost([index, "-q", ours, many])[0] for _ in range(ROUNDS))
    return first, again


def machine(index):
    name = next((line.split(":", 1)[1].strip()
                 for line in open("/proc/cpuinfo")
                 if line.startswith("model name")), platform.machine())
    version = subprocess.run([index, "--version"], capture_output=True,
                             text=True).stdout.split("\n")[0]
    return (f"Machine: {name}, {os.cpu_count()} processors; load "
            f"{os.getloadavg()[0]:.1f} when it ended. {version}; packages "
            "xapian-omega, liblucene8-java and python3 of Debian.")


def main():
    index, folder, source, classes, report = sys.argv[1:]
    folder = Path(folder)
    count, markup, text, html = pages(index, folder)
    plain, lines = passages(index, folder, Path(source), classes)
    first, again = unchanged(index, folder)
    with open(report, "w") as out:
        print("# What indexing costs", "", machine(index), "",
              f"Written by `make bench-ingest` (bench/README.md). {ROUNDS} "
              "rounds in turn, the least", "processor time of each.", "",
              f"## {count:,} pages of HTML, {markup / 1e6:.0f} MB, "
              f"{text / 1e6:.0f} MB of text", "",
              *table(html, text, "kalauz-index"), "",
              f"## Passages, {plain / 1e6:.0f} MB of text", "",
              *table(lines, plain, "kalauz-index"), "",
              f"## {UNCHANGED:,} files that did not change", "",
              f"First run {first:.2f} s of processor time, second run "
              f"{again:.2f} s.", sep="\n", file=out)
    print(Path(report).read_text())


main()
