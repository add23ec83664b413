#!/usr/bin/env python3
"""Our own collection as a set for peers.py: with judgements.

usage: peers_set.py KALAUZ_INDEX CORPUS OUT

Passages are those that the indexer makes, queries and judgements those of
CORPUS/judgements; a passage is relevant as its document is.
"""

import json
import pathlib
import subprocess
import sys


def main():
    program, corpus, out = map(pathlib.Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    dumped = subprocess.run(
        [program.resolve(), "-q", "--dump", "."], cwd=corpus, text=True,
        stdout=subprocess.PIPE, check=False).stdout
    with open(out / "passages.jsonl", "w") as file:
        for line in dumped.splitlines():
            one = json.loads(line)
            text = " ".join([one["title"], *one["headings"], one["text"]])
            json.dump({"id": one["id"], "lang": one["lang"], "text": text},
                      file, ensure_ascii=False)
            file.write("\n")
    for name, pattern in [("queries.tsv", "*.queries.tsv"),
                          ("qrels.txt", "*.qrels")]:
        with open(out / name, "w") as file:
            for part in sorted((corpus / "judgements").glob(pattern)):
                file.write(part.read_text())


if __name__ == "__main__":
    main()
