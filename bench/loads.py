#!/usr/bin/env python3
"""How long loading takes beside others, in turns.

usage: loads.py BUILD SETS WORK [--rounds N]

SETS is a folder that gather.py filled: the pages of its packages are loaded by
Kalauz and Omega's omindex, the passages of SETS/100000 by Kalauz and SQLite
FTS5: on one processor, and on all. Runs are in an order that turns, after what
the run before has written is on the disk and what is to be read is in memory.
Writes the report, in Markdown, on standard output; see bench/README.md.
"""

import argparse
import os
import pathlib
import shutil
import statistics

from peers import folder_mb, machine, program_version, run, table

SIZE = 100000  # Passages, as mix.py makes them.
ONE_READER = ["--jobs", "1"]


def link_pages(packages, folder):
    """All pages of the packages, as links, and nothing else."""
    if folder.exists():
        return
    for page in packages.rglob("*.html"):
        if page.is_file() and not page.is_symlink():
            there = folder / page.relative_to(packages)
            there.parent.mkdir(parents=True, exist_ok=True)
            os.link(page, there)


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


class Load:
    """One contestant on one input: what it took, a round a figure."""

    def __init__(self, name, index, command, files, source=None):
        self.name, self.index = name, index
        self.command, self.source, self.files = command, source, files
        self.passed, self.worked, self.again, self.peak = [], [], [], 0
        self.everywhere = []

    def prepare(self):
        remove(self.index)
        os.sync()
        for file in self.files:  # From the disk, if they are in memory no more.
            file.read_bytes()

    def run(self):
        self.prepare()
        passed, worked, peak = run(self.command, self.source)
        self.passed.append(passed)
        self.worked.append(worked)
        self.peak = max(self.peak, peak)

    def run_everywhere(self):
        """On all processors, as it comes: without ONE_READER."""
        self.prepare()
        command = [part for part in self.command if part not in ONE_READER]
        self.everywhere.append(run(command, self.source)[0])

    def run_again(self):
        self.again.append(run(self.command, self.source)[1])


def put(loads, text):
    """The first is ours; `text` is how many bytes were to be loaded."""
    ours = statistics.median(loads[0].worked)
    soonest = statistics.median(loads[0].everywhere)
    rows = []
    for load in loads:
        worked = statistics.median(load.worked)
        everywhere = statistics.median(load.everywhere)
        size = folder_mb(load.index)
        rows.append([load.name, f"{worked:.2f} ({worked / ours:.2f})",
                     f"{min(load.worked):.2f}",
                     f"{statistics.median(load.passed):.2f}",
                     f"{everywhere:.2f} ({everywhere / soonest:.2f})",
                     f"{statistics.median(load.again):.2f}"
                     if load.again else "",
                     f"{load.peak:.0f}", f"{size:.1f}",
                     f"{size * 1e6 / text:.2f}"])
    table(["", "processor s", "least", "s that passed", "on all processors",
           "nothing new, processor s", "peak MB", "MB on disk",
           "of the text"], rows)


class Bench:
    """What machine() asks for."""

    def __init__(self, options):
        self.build = pathlib.Path(options.build).resolve()
        self.load = os.getloadavg()[0]


def main():
    parser = argparse.ArgumentParser()
    for name in ["build", "sets", "work"]:
        parser.add_argument(name)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    bench = Bench(options)
    sets = pathlib.Path(options.sets).resolve()
    work = pathlib.Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    pages, passages = work / "pages", sets / str(SIZE)
    link_pages(sets / "un", pages)

    files = list(pages.rglob("*.html"))
    lines = [passages / "passages.jsonl", passages / "passages.tsv"]
    indexer = [bench.build / "kalauz-index", "-q", *ONE_READER]
    of_pages = [
        Load("Kalauz", work / "pages.kalauz",
             [*indexer, work / "pages.kalauz", pages], files),
        Load("omindex", work / "pages.omega",
             ["omindex", "--db", work / "pages.omega", "--url", "/", "-p",
              pages], files)]
    of_passages = [
        Load("Kalauz", work / "passages.kalauz",
             [*indexer, work / "passages.kalauz",
              passages / "passages.jsonl"], lines),
        Load("SQLite FTS5", work / "passages.fts5",
             [bench.build / "bench/fts5", "index", work / "passages.fts5"],
             lines, passages / "passages.tsv")]
    processors = os.sched_getaffinity(0)
    for loads in of_pages, of_passages:
        for turn in range(options.rounds):
            for load in loads if turn % 2 else loads[::-1]:
                os.sched_setaffinity(0, processors)
                load.run_everywhere()
                os.sched_setaffinity(0, {min(processors)})
                load.run()
                if load is loads[0]:
                    load.run_again()

    html = sum(file.stat().st_size for file in files)
    text = (passages / "passages.tsv").stat().st_size
    print("# Loading, made by `make bench-loads`\n")
    machine(bench)
    print(f"{program_version(['omindex', '--version'], '.+')}.\n\n"
          f"Medians of {options.rounds} rounds, on one processor but for "
          "the time that passed on all; in brackets: how many times Kalauz's "
          "figure. What each figure means is told in bench/README.md."
          f"\n\n## {len(files)} pages, "
          f"{html / 1e6:.0f} MB of HTML\n")
    put(of_pages, html)
    print(f"## {SIZE} passages, {text / 1e6:.0f} MB of text\n")
    put(of_passages, text)


if __name__ == "__main__":
    main()
