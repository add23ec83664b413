#!/usr/bin/env python3
"""Do Welsh, Hungarian and Italian queries find their counterparts?

Asks the judged queries of corpus/ with --across, through the glossary of the
corpus alone, and looks for the documents in other languages than the query's
among the first twenty. Fails when fewer than FLOOR of them are found.
"""

import collections
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / os.environ.get("MODE", "release")
CORPUS = ROOT / "corpus"
FLOOR, FIRST = 0.5, 20
PLACES = {"hungary": "hu", "romania": "ro", "catalonia": "ca",
          "wales": "cy", "italy": "it", "evora": "pt"}


def language_of(document):
    """'stories/wales/x.html' => 'cy'; 'stories/wales/x.en.html' => 'en'."""
    if document.endswith(".en.html"):
        return "en"
    folder, name = document.split("/")[:2]
    place = name if folder == "stories" else name.split("-")[0]
    return "en" if folder == "guides" else PLACES.get(place, "en")


def read_judgements(language):
    """{qid: query}, and {qid: documents in another language}."""
    queries, wanted = {}, collections.defaultdict(set)
    languages = {}
    folder = CORPUS / "judgements"
    for line in (folder / f"{language}.queries.tsv").open(encoding="utf-8"):
        qid, languages[qid], queries[qid] = line.rstrip("\n").split("\t")
    for line in (folder / f"{language}.qrels").open(encoding="utf-8"):
        qid, _, document, grade = line.split()
        if int(grade) > 0 and language_of(document) != languages[qid]:
            wanted[qid].add(document)
    return queries, wanted


def ask(index, queries):
    """{qid: documents, best first}."""
    batch = "".join(f"{qid}\t{text}\n" for qid, text in queries.items())
    done = subprocess.run(
        [BUILD / "kalauz-query", "--across", "--format", "trec", "--limit",
         str(FIRST), "--batch", "-", index],
        input=batch, capture_output=True, text=True, check=True)
    found = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        fields = line.split()
        found[fields[0]].append(fields[2])
    return found


def main():
    recalls = []
    with tempfile.TemporaryDirectory() as scratch:
        index = os.path.join(scratch, "index")
        subprocess.run(
            [BUILD / "kalauz-index", "-q", "--no-installed", index, "guides",
             "stories", "materials"], cwd=CORPUS, check=False)
        for language in ("cy", "hu", "it"):
            queries, wanted = read_judgements(language)
            found = ask(index, {qid: queries[qid] for qid in wanted})
            ours = [len(set(found[qid]) & documents) / len(documents)
                    for qid, documents in wanted.items()]
            print(f"{language}: {sum(ours) / len(ours):.3f}"
                  f" of {len(ours)} queries")
            recalls += ours
    recall = sum(recalls) / len(recalls)
    print(f"recall@{FIRST} across languages: {recall:.3f}")
    failed = recall < FLOOR
    print(f"{1 - failed} passed, {int(failed)} failed")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
