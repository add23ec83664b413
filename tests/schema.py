#!/usr/bin/python3
"""Do requests and answers keep to docs/schema?

    tests/schema.py

Holds a conversation with kalauz-query over a pipe and compares each line with
docs/schema/request.schema.json and answer.schema.json, and what --json,
--format jsonl and --analyze print. It runs in Debian's own python3, for which
.ci/deps installs jsonschema.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / os.environ.get("MODE", "release")
QUERY, INDEX = str(BUILD / "kalauz-query"), str(BUILD / "kalauz-index")

# What may be asked: the line, and a test of the answer beside the schema's.
GOOD = [
    ({"query": "llifogydd"}, lambda a: a["hits"] and a["qid"] == "1"),
    ({"id": 7, "query": "school", "limit": 2},
     lambda a: a["id"] == 7 and a["qid"] == "7" and len(a["hits"]) == 2),
    ({"id": "é\u0000x", "query": "school", "offset": 1, "limit": 1},
     lambda a: a["id"] == "é\u0000x" and a["hits"][0]["rank"] == 2),
    ({"id": 2.5, "query": "school", "lang": "hu"},
     lambda a: a["id"] == 2.5 and all(h["lang"] == "hu" for h in a["hits"])),
    ({"query": "afon", "lang": ["cy", "en"], "kind": ["story"],
      "place": "wales,hungary"},
     lambda a: a["hits"] and {h["place"] for h in a["hits"]} == {"wales"}),
    ({"query": "school", "limit": 0, "facets": True},
     lambda a: not a["hits"] and a["facets"]["lang"]["en"] > 10),
    ({"query": "school garden", "all": True, "explain": True, "limit": None},
     lambda a: "school" in a["explain"]),
    ({"query": "school", "per_document": 1, "any": True, "across": False},
     lambda a: len({h["document"] for h in a["hits"]}) == len(a["hits"])),
    ({"query": "learning community", "lang": "hu", "across": True},
     lambda a: any(h["via"] for h in a["hits"])),
    ({"query": "school", "copies": True},
     lambda a: not any(h["copies"] for h in a["hits"])),
    ({"query": "comunity", "suggest": False}, lambda a: not a["suggestion"]),
    ({"query": "comunity gardenn"}, lambda a: a["suggestion"]),
    ({"query": "\"unended ((", "id": None}, lambda a: "id" not in a),
    ({"query": "zzyzx" * 2000}, lambda a: a["total"] == 0),
    ({"analyze": "hu", "text": "közösségi tanulás"},
     lambda a: [t["word"] for t in a["tokens"]] == ["közösségi", "tanulás"]),
    ({"analyze": "cy", "text": ""}, lambda a: a["tokens"] == []),
]
# What may not: the schema says so, and so does the answer.
BAD = [
    {}, {"query": ""}, {"query": " \t"}, {"query": 5}, {"query": ["a"]},
    {"query": "a", "limit": -1}, {"query": "a", "limit": 1000001},
    {"query": "a", "limit": 1.5}, {"query": "a", "limit": "3"},
    {"query": "a", "limt": 3}, {"query": "a", "all": 1},
    {"query": "a", "lang": ["hu", 5]}, {"query": "a", "lang": ""},
    {"query": "a", "lang": ["hu,en"]}, {"query": "a", "id": []},
    {"query": "a", "related": "b#p1"}, {"related": ""}, {"analyze": "hu"},
    {"text": "a"}, {"query": None},
]
# What the schema cannot know, and lines that are no JSON at all.
REFUSED = [
    '{"query": "a", "lang": "xx"}', '{"query": "a", "kind": "poem"}',
    '{"related": "nothing#p1"}', '{"analyze": "xx", "text": "a"}',
    '{"', "{}}", '{"query": "a"', "{'query': 'a'}", '{"query": "\\ud800"}',
    '{"query": "a", "query": "b"}', '{"query": "a"} more',
    '{"query": "a", "limit": 99999999999999999999}', '{"a":' * 5000,
    b'{"query": "\xff"}',
]


class Count:
    passed = failed = 0

    def check(self, name, is_good, shown=""):
        if is_good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"not ok: {name}: {str(shown)[:300]}")


def validator(name):
    schema = json.loads((ROOT / "docs/schema" / name).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema, jsonschema.Draft202012Validator(schema)


class Talk:
    """kalauz-query at the other end of two pipes."""

    def __init__(self, index):
        self.process = subprocess.Popen(
            [QUERY, "--batch", "-", index], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def ask(self, line):
        if isinstance(line, dict):
            line = json.dumps(line, ensure_ascii=False)
        if isinstance(line, str):
            line = line.encode("utf-8")
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        rest, messages = self.process.communicate()
        return self.process.returncode, rest, messages


def converse(index, count, request, answer):
    talk = Talk(index)
    for asked, holds in GOOD:
        got = talk.ask(asked)
        count.check(f"{asked} is a request", request.is_valid(asked))
        count.check(f"{asked}", answer.is_valid(got) and holds(got), got)
    for asked in BAD:
        got = talk.ask(asked)
        count.check(f"{asked} is no request", not request.is_valid(asked))
        count.check(f"{asked}", answer.is_valid(got) and "error" in got, got)
    for asked in REFUSED:
        got = talk.ask(asked)
        count.check(f"{asked[:40]!r}",
                    answer.is_valid(got) and "error" in got, got)
    hit = talk.ask({"query": "school", "limit": 1})["hits"][0]
    got = talk.ask({"id": "like", "related": hit["id"]})
    count.check("related", answer.is_valid(got) and got["hits"] and
                hit["id"] not in [h["id"] for h in got["hits"]], got)
    text = hit["text"].encode("utf-8")
    count.check("spans", hit["spans"] and all(
        b"school" in text[at:at + length].lower()
        for at, length in hit["spans"]), hit)
    code, rest, messages = talk.end()
    count.check("ends well, in silence",
                (code, rest, messages) == (0, b"", b""),
                (code, rest, messages))


def printed(index, count, schema, answer):
    def run(*arguments):
        return subprocess.run([QUERY, *arguments], check=False,
                              stdout=subprocess.PIPE).stdout

    for more in [], ["--facets"], ["--explain", "-n", "2"]:
        got = json.loads(run("--json", *more, index, "school"))
        count.check(f"--json {more}", answer.is_valid(got), got)
    one = dict(schema, **{"$ref": "#/$defs/hit"})
    del one["oneOf"]
    hit = jsonschema.Draft202012Validator(one)
    lines = run("--format", "jsonl", index, "school").splitlines()
    count.check("jsonl", len(lines) == 10 and all(
        hit.is_valid(json.loads(line)) for line in lines), lines)
    got = {"version": 1, "tokens": json.loads(
        run("--analyze", "en", "--json", "the schools"))}
    count.check("--analyze", answer.is_valid(got), got)


def main():
    count = Count()
    _, request = validator("request.schema.json")
    schema, answer = validator("answer.schema.json")
    with tempfile.TemporaryDirectory() as folder:
        index = folder + "/ix"
        done = subprocess.run([INDEX, "-q", index, "corpus"], cwd=ROOT,
                              check=False)
        if done.returncode > 1:
            print("corpus/ cannot be indexed")
            return 1
        converse(index, count, request, answer)
        printed(index, count, schema, answer)
    print(f"{count.passed} passed, {count.failed} failed")
    return count.failed > 0


if __name__ == "__main__":
    sys.exit(main())
