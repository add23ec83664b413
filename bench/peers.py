#!/usr/bin/env python3
"""Kalauz and its peers on the same passages and queries, in one run.

usage: peers.py BUILD SET WORK [--queries N] [--rounds N] [--starts N]

BUILD holds the programs; SET is a folder with passages.jsonl (id, lang, text),
queries.tsv (qid, lang, query) and, if there are judgements, qrels.txt; indexes
are made in WORK and used again. The contestants are asked in turn, in an order
drawn for each turn, so that what else the machine does meets them all, and none
always follows the one that leaves the caches full of what it needs. Writes the
report, in Markdown, on standard output; see bench/README.md.
"""

import argparse
import json
import math
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

LUCENE = ["core", "analyzers-common", "highlighter", "memory", "queries"]
LANGUAGES = {"ca": "catalan", "en": "english", "hu": "hungarian",
             "it": "italian", "pt": "portuguese", "ro": "romanian"}
WORD = re.compile(r"\w+")
HITS = 10

# Queries that a contestant is asked in a row when it is its turn: as many as a
# program asks that has work to do, or one, when the others have left nothing in
# the caches of what it needs.
ROWS = {"busy": 20, "seldom": 1}


def say(text):
    print(text, file=sys.stderr, flush=True)


def words_of(query):
    return [word for word in WORD.findall(query) if word != "OR"]


# ---- Processes --------------------------------------------------------------


def finish(child, start):
    """(seconds that passed, processor seconds, peak MB) of a process."""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return (time.perf_counter() - start, used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024)


def run(command, source=None, env=None):
    """Run it to its end, its output thrown away."""
    start = time.perf_counter()
    with open(source or os.devnull, "rb") as stdin:
        child = subprocess.Popen(command, stdin=stdin, env=env,
                                 stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        figures = finish(child, start)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed: {command}")
    return figures


def folder_mb(path):
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


class Server:
    """A program of bench/peers that answers over a pipe (serve.h)."""

    def __init__(self, command):
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)

    def ask(self, language, query):
        """(processor us, us that passed, hits)."""
        self.child.stdin.write(f"{language}\t{query}\n")
        self.child.stdin.flush()
        worked, passed, *hits = self.child.stdout.readline().split()
        return int(worked) / 1e3, int(passed) / 1e3, hits

    def memory_mb(self):
        """Memory of its own, which no file backs."""
        text = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+)", text)[1]) / 1024

    def close(self):
        self.child.stdin.close()
        self.child.wait()


class GroongaServer(Server):
    """Groonga reads commands from a pipe and times each itself; processor time
    is what the system counts for the process meanwhile."""

    def __init__(self, command, column):
        super().__init__(command)
        self.column = column

    def used_ns(self):
        path = f"/proc/{self.child.pid}/schedstat"
        return int(pathlib.Path(path).read_text().split()[0])

    def ask(self, language, query):
        before = self.used_ns()
        self.child.stdin.write(groonga_select(query, self.column) + "\n")
        self.child.stdin.flush()
        answer = json.loads(self.child.stdout.readline())
        worked = (self.used_ns() - before) / 1e3
        rows = answer[1][0][2:] if answer[0][0] == 0 else []
        return worked, answer[0][2] * 1e6, [str(row[0]) for row in rows]


def groonga_select(query, column):
    words = " OR ".join(words_of(query)).replace("'", "")
    return (f"select Passages --match_columns 'scorer_tf_idf(text)' "
            f"--query '{words}' --output_columns '_id,{column}' "
            f"--sort_keys -_score --limit {HITS}")


# ---- Contestants ------------------------------------------------------------


class Contestant:
    """How to index, to search once, and to keep searching. What a peer cannot
    do it leaves None."""

    name = ""

    def __init__(self, bench):
        self.bench = bench
        self.path = bench.work / type(self).__name__.lower()

    def index(self):
        """Build the index; (seconds, processor seconds, peak MB)."""

    def once(self, language, query):
        """The command of one search, by name."""
        return {}

    def servers(self):
        """What is asked in process, by name."""
        return {}


class Kalauz(Contestant):
    name = "Kalauz"

    def index(self):
        return run([self.bench.build / "kalauz-index", "-q", self.path,
                    self.bench.set / "passages.jsonl"])

    def once(self, language, query):
        ask = [self.bench.build / "kalauz-query", self.path, query]
        return {"kalauz-query": ask, "kalauz-query --json": ask + ["--json"]}

    def servers(self):
        program = self.bench.build / "bench/kalauz_search"
        return {"Kalauz: text, highlights": Server([program, self.path]),
                "Kalauz: the same, language told":
                Server([program, self.path, "told"])}


class Xapian(Contestant):
    name = "Xapian"

    def index(self):
        return run([self.bench.build / "bench/xapian_bm25", "plain",
                    "positions", self.path], self.bench.tsv)

    def once(self, language, query):
        return {"quest": ["quest", f"--db={self.path}", f"--msize={HITS}",
                          f"--stemmer={LANGUAGES.get(language, 'none')}",
                          query]}

    def servers(self):
        program = self.bench.build / "bench/xapian_search"
        return {"Xapian BM25: text": Server([program, self.path, "text"]),
                "Xapian BM25: snippets":
                Server([program, self.path, "snippets"])}


class Fts5(Contestant):
    name = "SQLite FTS5"

    def index(self):
        return run([self.program(), "index", self.path], self.bench.tsv)

    def program(self):
        return self.bench.build / "bench/fts5"

    def once(self, language, query):
        match = " OR ".join(f'"{word}"' for word in words_of(query))
        return {"sqlite3": ["sqlite3", self.path,
                            "SELECT snippet(passages, 0, '[', ']', '...', 64)"
                            f" FROM passages WHERE passages MATCH '{match}'"
                            f" ORDER BY rank LIMIT {HITS}"]}

    def servers(self):
        return {"FTS5: text": Server([self.program(), "text", self.path]),
                "FTS5: snippets":
                Server([self.program(), "snippets", self.path])}


class Lucene(Contestant):
    name = "Lucene"

    def java(self, *words):
        jars = [str(self.bench.build / "bench/lucene")]
        for name in LUCENE:
            jars += map(str, pathlib.Path("/usr/share/java").glob(
                f"lucene-{name}-8*.jar"))
        return ["java", "-Xshare:auto", "-cp", ":".join(jars), "Lucene",
                *words]

    def index(self):
        return run(self.java("index", self.path), self.bench.tsv)

    def once(self, language, query):
        return {"java Lucene": self.java("once", self.path, language, query)}

    def servers(self):
        return {"Lucene: stored text": Server(self.java("text", self.path)),
                "Lucene: highlights":
                Server(self.java("snippets", self.path))}


class Groonga(Contestant):
    name = "Groonga"

    def database(self):
        return self.path / "db"

    def index(self):
        script = self.bench.work / "groonga.load"
        with open(script, "w") as out:
            out.write("table_create Passages TABLE_NO_KEY\n"
                      "column_create Passages text COLUMN_SCALAR Text\n"
                      "table_create Terms TABLE_PAT_KEY ShortText "
                      "--default_tokenizer TokenBigram "
                      "--normalizer NormalizerAuto\n"
                      "column_create Terms text COLUMN_INDEX|WITH_POSITION "
                      "Passages text\nload --table Passages\n[\n")
            for _, _, text in self.bench.passages():
                out.write(json.dumps({"text": text}) + ",\n")
            out.write("]\n")
        self.path.mkdir()
        figures = run(["groonga", "-n", self.database()], script)
        script.unlink()
        return figures

    def once(self, language, query):
        select = groonga_select(query, "snippet_html(text)")
        return {"groonga": ["groonga", self.database(), select]}

    def servers(self):
        command = ["groonga", self.database()]
        return {"Groonga: text": GroongaServer(command, "text"),
                "Groonga: snippets":
                GroongaServer(command, "snippet_html(text)")}


class Recoll(Contestant):
    name = "Recoll"

    def environment(self):
        return dict(os.environ, RECOLL_CONFDIR=str(self.path), HOME=str(
            self.path), LC_ALL="C.UTF-8")

    def index(self):
        """A file a passage, since Recoll finds files."""
        files = self.bench.work / "recoll.files"
        shutil.rmtree(files, ignore_errors=True)
        for row, (_, _, text) in enumerate(self.bench.passages(), 1):
            if row % 1000 == 1:
                folder = files / f"{row // 1000:05}"
                folder.mkdir(parents=True)
            (folder / f"{row}.txt").write_text(text)
        self.path.mkdir()
        (self.path / "recoll.conf").write_text(
            f"topdirs = {files}\nindexstemminglanguages = "
            f"{' '.join(LANGUAGES.values())}\nloglevel = 1\n")
        return run(["recollindex", "-c", self.path], env=self.environment())

    def once(self, language, query):
        return {"recollq": ["recollq", "-c", self.path, "-o", "-A", "-n",
                            str(HITS), " ".join(words_of(query))]}


class Ripgrep(Contestant):
    """The scan: no index, no order; lines with one of the words, counted."""

    name = "ripgrep"

    def once(self, language, query):
        patterns = [part for word in words_of(query)
                    for part in ("-e", re.escape(word))]
        return {"rg": ["rg", "-c", "-i", "-w", *patterns, self.bench.tsv]}


CONTESTANTS = [Kalauz, Xapian, Fts5, Lucene, Groonga, Recoll, Ripgrep]


# ---- The run ----------------------------------------------------------------


class Bench:
    def __init__(self, options):
        self.options = options
        self.build = pathlib.Path(options.build).resolve()
        self.set = pathlib.Path(options.set).resolve()
        self.work = pathlib.Path(options.work).resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        self.tsv = self.work / "passages.tsv"
        self.ids = []
        with open(self.tsv, "w") as out:
            for name, language, text in self.passages():
                self.ids.append(name)
                out.write(f"{language}\t{text}\n")
        self.row = {name: row for row, name in enumerate(self.ids, 1)}
        self.queries = [
            line.rstrip("\n").split("\t") for line in
            open(self.set / "queries.tsv")][:options.queries]
        self.grades = self.read_grades()
        self.contestants = [one(self) for one in CONTESTANTS
                            if one.__name__.lower() not in options.without]

    def passages(self):
        with open(self.set / "passages.jsonl") as lines:
            for line in lines:
                one = json.loads(line)
                yield (one["id"], one.get("lang", ""),
                       re.sub(r"\s+", " ", one["text"]))

    def read_grades(self):
        """{qid: {document: relevance}}; empty without judgements."""
        grades = {}
        if (self.set / "qrels.txt").exists():
            for line in open(self.set / "qrels.txt"):
                qid, _, document, grade = line.split()
                grades.setdefault(qid, {})[document] = int(grade)
        return grades

    def document(self, hit):
        """The document of a hit: judgements are of these."""
        name = hit if hit in self.row else self.ids[int(hit) - 1]
        return re.sub(r"#p\d+$", "", name)


def index_all(bench):
    """{name: (seconds, processor seconds, peak MB, MB on disk)}."""
    figures = {}
    for one in bench.contestants:
        note = bench.work / f"{one.path.name}.json"
        if not note.exists():
            if one.path.is_dir():
                shutil.rmtree(one.path)
            elif one.path.exists():
                one.path.unlink()
            say(f"indexing: {one.name}")
            seen = one.index()
            if not seen:
                continue
            size = folder_mb(one.path)
            note.write_text(json.dumps([*seen, size]))
        figures[one.name] = json.loads(note.read_text())
    return figures


class Scores:
    """What one contestant took, and how good it was."""

    def __init__(self):
        self.worked = {}  # qid: processor us of each round
        self.passed = {}
        self.gains = {}   # qid: nDCG@10
        self.memory = 0

    def add(self, qid, worked, passed):
        self.worked.setdefault(qid, []).append(worked)
        self.passed.setdefault(qid, []).append(passed)

    def medians(self, of):
        return [statistics.median(times) for times in of.values()]


def gain_of(bench, qid, hits):
    """nDCG@10 of documents, each counted where it stands first."""
    grades = bench.grades[qid]
    documents = list(dict.fromkeys(map(bench.document, hits)))[:HITS]
    gain = sum((2 ** grades.get(document, 0) - 1) / math.log2(rank + 2)
               for rank, document in enumerate(documents))
    best = sum((2 ** grade - 1) / math.log2(rank + 2) for rank, grade in
               enumerate(sorted(grades.values(), reverse=True)[:HITS]))
    return gain / best if best else 0


def ask_in_turn(bench, servers, row, lots):
    """Every query to every server: (server, qid, answer) of each."""
    for start in range(0, len(bench.queries), row):
        for name in lots.sample(list(servers), len(servers)):
            for qid, language, query in bench.queries[start:start + row]:
                yield name, qid, servers[name].ask(language, query)


def search_all(bench):
    """{pace: {server: Scores}}; the first rounds warm up and do not count."""
    servers = {}
    for one in bench.contestants:
        servers.update(one.servers())
    scores = {pace: {name: Scores() for name in servers} for pace in ROWS}
    warm = bench.options.warm
    lots = random.Random(1)
    for turn in range(warm + bench.options.rounds):
        for pace, row in ROWS.items():
            say(f"searching: round {turn + 1}, {pace}")
            for name, qid, (worked, passed, hits) in ask_in_turn(
                    bench, servers, row, lots):
                score = scores[pace][name]
                if turn >= warm:
                    score.add(qid, worked, passed)
                if turn == 0 and qid in bench.grades:
                    score.gains[qid] = gain_of(bench, qid, hits)
    for name, server in servers.items():
        for pace in ROWS:
            scores[pace][name].memory = server.memory_mb()
        server.close()
    return scores


def start_all(bench):
    """One program a search, {name: ([seconds], [processor seconds])}."""
    figures = {}
    step = max(1, len(bench.queries) // bench.options.starts)
    say("starting programs")
    lots = random.Random(1)
    for _, language, query in bench.queries[::step]:
        commands = [(name, one, command) for one in bench.contestants
                    for name, command in one.once(language, query).items()]
        for warm in (True, False):
            for name, one, command in lots.sample(commands, len(commands)):
                seen = run(command, env=getattr(
                    one, "environment", lambda: None)())
                if not warm:
                    row = figures.setdefault(name, ([], []))
                    for column, figure in zip(row, seen):
                        column.append(figure)
    return figures


# ---- The report -------------------------------------------------------------


def quantile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, math.ceil(part * len(values)) - 1)]


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def ratio(value, base, form="{:.0f}"):
    """The figure, and how many times ours it is: "164 (1.00)"."""
    return f"{form.format(value)} ({value / base:.2f})" if base else ""


def program_version(command, pattern):
    seen = subprocess.run(command, capture_output=True, text=True)
    found = re.search(pattern, seen.stdout + seen.stderr)
    return found[0] if found else ""


def machine(bench):
    cpu = re.search(r"model name\s*: (.*)",
                    pathlib.Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    system = re.search(r'PRETTY_NAME="(.*)"',
                       pathlib.Path("/etc/os-release").read_text())
    print(f"Machine: {cpu[1] if cpu else 'unknown'}, {os.cpu_count()} "
          f"processors, {memory:.0f} GB; {system[1]}, Linux "
          f"{os.uname().release}.")
    packages = ["libxapian30", "xapian-tools", "libsqlite3-0",
                "liblucene8-java", "libgroonga0", "recollcmd", "ripgrep",
                "openjdk-17-jre-headless"]
    seen = subprocess.run(["dpkg-query", "-W", "-f",
                           "${Package} ${Version}, ", *packages],
                          capture_output=True, text=True).stdout
    print(f"{program_version([bench.build / 'kalauz-query', '--version'], '.+')}"
          f"; {seen.rstrip(', ')}.")
    print(f"Load when it began: {bench.load:.1f}.\n")


def put_summary(bench, indexes, scores, starts):
    """One row a peer: each figure, and how many times Kalauz's it is."""
    best = {  # The program and the search that stand for a peer.
        "Kalauz": ("kalauz-query", "Kalauz: text, highlights"),
        "Xapian": ("quest", "Xapian BM25: text"),
        "SQLite FTS5": ("sqlite3", "FTS5: snippets"),
        "Lucene": ("java Lucene", "Lucene: stored text"),
        "Groonga": ("groonga", "Groonga: snippets"),
        "Recoll": ("recollq", None), "ripgrep": ("rg", None)}
    rows, base = [], None
    for name, (program, search) in best.items():
        if program not in starts:
            continue
        index = indexes.get(name, [0, 0, 0, 0])
        score = scores.get(search)
        times = score.medians(score.worked) if score else [0]
        gain = statistics.mean(score.gains.values()) \
            if score and score.gains else 0
        figures = [index[1], index[3], index[2],
                   1e3 * statistics.median(starts[program][0]),
                   quantile(times, .5), quantile(times, .99), gain]
        base = base or figures
        forms = ["{:.1f}", "{:.0f}", "{:.0f}", "{:.1f}", "{:.0f}", "{:.0f}",
                 "{:.3f}"]
        rows.append([name] + [ratio(*three) if three[0] else ""
                              for three in zip(figures, base, forms)])
    head = ["", "index, processor s", "index, MB", "indexing, peak MB",
            "one shot, ms", "in process, us (p50)", "in process, us (p99)",
            "nDCG@10"]
    keep = len(head) if bench.grades else len(head) - 1
    table(head[:keep], [row[:keep] for row in rows])


def put_indexes(indexes):
    table(["index", "s", "processor s", "peak MB", "MB on disk"],
          [[name, f"{passed:.1f}", f"{worked:.1f}", f"{peak:.0f}",
            f"{size:.1f}"] for name, (passed, worked, peak, size)
           in indexes.items()])
    print("Kalauz's word table, for queries across languages, is not counted: "
          "it is made of the dictionaries that are installed, once for all "
          "indexes.\n")


def put_searches(bench, scores):
    ours = next(iter(scores.values()))
    base = ours.medians(ours.worked)
    rows = []
    for name, score in scores.items():
        times, passed = score.medians(score.worked), score.medians(score.passed)
        rows.append([
            name, f"{statistics.mean(times):.0f}",
            f"{quantile(times, .5):.0f}", f"{quantile(times, .99):.0f}",
            f"{quantile(passed, .5):.0f}", f"{quantile(passed, .99):.0f}",
            f"{statistics.mean(base) / statistics.mean(times):.2f}",
            f"{quantile(base, .5) / quantile(times, .5):.2f}",
            f"{quantile(base, .99) / quantile(times, .99):.2f}",
            f"{score.memory:.0f}"] + (
                [f"{statistics.mean(score.gains.values()):.3f}"]
                if score.gains else []))
    table(["in process", "mean", "p50", "p99", "passed, p50", "passed, p99",
           "ours/theirs, mean", "p50", "p99", "own memory, MB"] +
          (["nDCG@10"] if bench.grades else []), rows)


def put_starts(starts):
    base = statistics.median(starts["kalauz-query"][0])
    rows = []
    for name, (passed, worked) in starts.items():
        rows.append([name, f"{1e3 * statistics.median(passed):.1f}",
                     f"{1e3 * statistics.median(worked):.1f}",
                     f"{1e3 * quantile(passed, .9):.1f}",
                     f"{base / statistics.median(passed):.2f}"])
    table(["one shot, warm", "ms that passed", "processor ms", "p90, ms",
           "ours/theirs"], rows)


def report(bench, indexes, scores, starts):
    count = len(bench.ids)
    print(f"# {count} passages, Kalauz and its peers, made by "
          "`make bench-peers`\n")
    machine(bench)
    print(f"{bench.tsv.stat().st_size} bytes of text in "
          f"{len(set(q[1] for q in bench.queries))} languages, "
          f"{len(bench.queries)} queries, {bench.options.rounds} rounds that "
          f"count, {bench.options.starts} starts; left out: "
          f"{', '.join(bench.options.without) or 'nobody'}. What each figure "
          "means is told in bench/README.md.\n\n## All in one\n\nIn brackets: how many times "
          "Kalauz's figure.\n")
    put_summary(bench, indexes, scores["busy"], starts)
    print("## Indexing\n")
    put_indexes(indexes)
    print("## In process\n\nMicroseconds of processor time of a search for "
          "ten hits, and of time that passed.\n")
    for pace, row in ROWS.items():
        print(f"{pace.capitalize()}: asked {row} in a row, in turn with the "
              "others.\n")
        put_searches(bench, scores[pace])
    print("## A program for each search\n")
    put_starts(starts)


def main():
    parser = argparse.ArgumentParser()
    for name in ["build", "set", "work"]:
        parser.add_argument(name)
    parser.add_argument("--without", action="append", default=[],
                        metavar="NAME", help="leave a peer out: recoll")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warm", type=int, default=1)
    parser.add_argument("--starts", type=int, default=40)
    bench = Bench(parser.parse_args())
    bench.load = os.getloadavg()[0]
    indexes = index_all(bench)
    # One that wakes up on another processor finds its caches empty.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    report(bench, indexes, search_all(bench), start_all(bench))


if __name__ == "__main__":
    main()
