#!/usr/bin/env python3
"""Does each language's searcher find what is there? The rows of probes.tsv.

    tests/probes.py            TAP; the last line is "N passed, N failed"
    tests/probes.py cy hu      only these languages

Every document of the table goes into one index, and no query says which
language it is in. Every word of a query must be found (--all), and what answers
it must be marked. The programs are those of build/$MODE, or $KALAUZ_INDEX and
$KALAUZ_QUERY.
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "tests/probes.tsv"
EXPECTATIONS = {"found", "not found", "first", "same", "wanted"}
BETWEEN = " | "
HITS = "1000"           # More than there are documents.

Probe = collections.namedtuple(
    "Probe", "line lang documents queries expected marks")


def unescape(text):
    return re.sub(r"\\u([0-9A-F]{4})", lambda m: chr(int(m[1], 16)), text)


def read_table():
    for line, row in enumerate(TABLE.read_text("utf-8").splitlines(), 1):
        if row.startswith("#"):
            continue
        lang, document, query, expected, *marks = row.split("\t")
        if expected not in EXPECTATIONS:
            sys.exit(f"{TABLE}:{line}: what is {expected!r}?")
        several = BETWEEN if expected == "first" else "\n"
        documents = unescape(document).split(several)
        several = BETWEEN if expected == "same" else "\n"
        queries = unescape(query).split(several)
        yield Probe(line, lang, documents, queries, expected,
                    unescape(marks[0]) if marks else "")


def program(name):
    default = ROOT / "build" / os.environ.get("MODE", "release") / name
    path = os.environ.get(name.upper().replace("-", "_"), str(default))
    if not os.access(path, os.X_OK):
        print(f"Bail out! {path} is not there; run make first")
        sys.exit(2)
    return path


def run(command, text=""):
    done = subprocess.run(command, input=text, text=True, encoding="utf-8",
                          capture_output=True, check=False)
    # 1: no query of the batch found anything, or a file was no document.
    if done.returncode > 1:
        print(f"Bail out! {command[0]} ended with {done.returncode}:")
        print(done.stderr)
        sys.exit(2)
    return done.stdout


def page(lang, name, body):
    return (f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
            f"<title>{name}</title></head><body>{body}</body></html>\n")


def write_documents(probes, folder):
    """Each document once; returns its name by language and text."""
    names = {}
    with open(folder / "lines.jsonl", "w", encoding="utf-8") as lines:
        for probe in probes:
            for text in probe.documents:
                if (probe.lang, text) in names:
                    continue
                name = f"d{len(names)}"
                if "<" in text or "&" in text:
                    name += ".html"
                    (folder / name).write_text(
                        page(probe.lang, name, text), "utf-8")
                else:
                    json.dump({"id": name, "lang": probe.lang, "text": text},
                              lines)
                    lines.write("\n")
                names[probe.lang, text] = name
    return names


def ask(index, queries):
    """The hits of each query."""
    batch = "".join(f"{i}\t{query}\n" for i, query in enumerate(queries))
    command = [program("kalauz-query"), "--batch", "-", "--json", "--all",
               "--no-suggest", "--limit", HITS, "--per-document", "0", index]
    answers = (json.loads(line) for line in run(command, batch).splitlines())
    return {queries[int(answer["qid"])]: answer["hits"] for answer in answers}


def marks_in(hit):
    """The words that are marked: "comunitățile satului"."""
    text = hit["text"].encode()
    return " ".join(text[at:at + length].decode()
                    for at, length in hit["spans"])


def fault(probe, names, answers):
    """What is wrong with the answers to a probe, or None."""
    wanted = [names[probe.lang, text] for text in probe.documents]
    for query in probe.queries:
        hits = [hit["document"] for hit in answers[query]]
        if probe.expected == "not found":
            if wanted[0] in hits:
                return f"{query} finds it"
            continue
        if not set(wanted) <= set(hits):
            return f"{query} misses {sorted(set(wanted) - set(hits))}"
        if min(wanted, key=hits.index) != wanted[0]:
            return "another one comes first"
        if answers[query] != answers[probe.queries[0]]:
            return f"{query} is answered otherwise"
        marks = marks_in(answers[query][hits.index(wanted[0])])
        if marks != probe.marks:
            return f"marked is {marks!r}, not {probe.marks!r}"
    return None


def main(languages):
    probes = [probe for probe in read_table()
              if not languages or probe.lang in languages]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "documents"
        folder.mkdir()
        index = str(folder.parent / "index")
        names = write_documents(probes, folder)
        run([program("kalauz-index"), "--quiet", index, str(folder)])
        answers = ask(index, sorted({q for p in probes for q in p.queries}))
    passed = failed = 0
    print(f"1..{len(probes)}")
    for number, probe in enumerate(probes, 1):
        why = fault(probe, names, answers)
        title = (f"{probe.lang}, line {probe.line}: {probe.expected}: "
                 f"{BETWEEN.join(probe.queries)}")
        if why and probe.expected == "wanted":
            print(f"ok {number} - {title} # SKIP {why}")
            continue
        print(f"{'not ok' if why else 'ok'} {number} - {title}")
        if why:
            print(f"# in: {BETWEEN.join(probe.documents)}\n# {why}")
        passed += not why
        failed += bool(why)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main(set(sys.argv[1:])))
