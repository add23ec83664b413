#!/usr/bin/env python3
"""Random queries find what a simple reader of the query language finds.

    tests/query_model.py [-v] [QUERIES [SEED]]

Passages are made of a dozen words that are words of no language, in several
languages; queries are made as trees, written with brackets, asked with and
without --all, and each tree is also asked of every passage, word by word.
"""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / os.environ.get("MODE", "release")
WORDS = "zorg blick trump vasko quilo merd fonk yalto drusk hibno pelk wulm"
WORDS = WORDS.split()
FILTERS = {"lang": ["en", "en", "hu", "it"],
           "kind": ["guide", "story", "material"], "place": ["wales", "italy"]}


def make_passages(chance):
    passages = []
    for number in range(60):
        some = WORDS[:chance.randint(3, 12)]
        passage = {"id": f"d{number:02}"}
        passage.update((key, chance.choice(values))
                       for key, values in FILTERS.items())
        passage["text"] = " ".join(chance.choices(some, k=chance.randint(1, 14)))
        passage["title"] = " ".join(
            chance.choices(WORDS, k=chance.randint(0, 2)))
        passages.append(passage)
    return passages


def make_leaf(chance):
    words = chance.choices(WORDS + ["nowhere"], k=2)
    kind = chance.choice(["word"] * 6 + ["phrase", "phrase", "beginning",
                                         "title", "title", "title phrase"])
    if kind == "beginning":
        return kind, words[0][:chance.randint(1, 4)]
    return kind, words if "phrase" in kind else words[:1]


def make_tree(chance, depth):
    kind = chance.choice(["leaf", "leaf", "and", "or", "near", "group", "group"])
    if depth == 0 or kind == "leaf":
        return make_leaf(chance)
    if kind == "near":
        pair = [("word", chance.choices(WORDS, k=1)) for _ in range(2)]
        return kind, pair, chance.randint(1, 6)
    children = [make_tree(chance, depth - 1)
                for _ in range(chance.randint(1 + (kind != "group"), 3))]
    signs = [chance.choice(["", "", "+", "-"] if kind == "group" else
                           ["", "", "", "-"]) for _ in children]
    if kind == "and":
        signs[0] = ""
    return kind, children, signs


def write(tree, is_top=False):
    kind, content = tree[:2]
    if kind == "beginning":
        return content + "*"
    if kind in ("word", "phrase", "title", "title phrase"):
        words = " ".join(content)
        return (("title:" if "title" in kind else "") +
                (f'"{words}"' if "phrase" in kind else words))
    parts = [write(child) for child in content]
    if kind == "or":
        text = " OR ".join(parts)
    elif kind == "near":
        text = f" NEAR/{tree[2]} ".join(parts)
    elif kind == "and":
        text = parts[0] + "".join(
            (" NOT " if sign else " AND ") + part
            for sign, part in list(zip(tree[2], parts))[1:])
    else:
        text = " ".join(map("".join, zip(tree[2], parts)))
    return text if is_top and kind == "group" else f"({text})"


def leaf_holds(kind, content, passage):
    places = [passage["title"].split()]
    if "title" not in kind:
        places.append(passage["text"].split())
    if kind == "beginning":
        return any(word.startswith(content) for place in places
                   for word in place)
    return any(place[i:i + len(content)] == content for place in places
               for i in range(len(place)))


def near_holds(pair, distance, passage):
    (first,), (second,) = pair[0][1], pair[1][1]
    for key in "text", "title":
        words = passage[key].split()
        if any(words[i] == first and second in words[
                max(0, i - distance):i + distance + 1]
               for i in range(len(words))):
            return True
    return False


def holds(tree, passage, needs_all):
    kind, content = tree[:2]
    if kind == "near":
        return near_holds(content, tree[2], passage)
    if kind not in ("and", "or", "group"):
        return leaf_holds(kind, content, passage)
    found = [holds(child, passage, needs_all) for child in content]
    if kind == "or":
        return any(found)
    pairs = list(zip(tree[2], found))
    is_all = needs_all or kind == "and"
    musts = [is_so for sign, is_so in pairs if sign == "+" or
             (not sign and is_all)]
    shoulds = [is_so for sign, is_so in pairs if not sign and not is_all]
    nots = [is_so for sign, is_so in pairs if sign == "-"]
    return (all(musts) and not any(nots) and
            (bool(musts) or not shoulds or any(shoulds)))


def add_filter(chance, text):
    key = chance.choice([None, None, *FILTERS])
    if not key:
        return text, lambda passage: True
    value, is_not = chance.choice(FILTERS[key]), chance.random() < 0.3
    return (f"{'-' if is_not else ''}{key}:{value} {text}",
            lambda passage: (passage[key] == value) != is_not)


def is_right(answer, expected):
    found = [hit["document"] for hit in answer["hits"]]
    return (set(found) == expected and len(found) == len(expected) and
            (not answer["exact"] or answer["total"] == len(found)))


def ask_all(index, passages, chance, count, needs_all):
    options = ["--all"] if needs_all else []
    asked = []
    for _ in range(count):
        tree = make_tree(chance, chance.randint(0, 3))
        if tree[0] != "group":
            tree = "group", [tree], [""]
        text, is_chosen = add_filter(chance, write(tree, True))
        asked.append((text, {p["id"] for p in passages if is_chosen(p) and
                             holds(tree, p, needs_all)}))
    answers = subprocess.run(
        [BUILD / "kalauz-query", "--json", "--no-suggest", "--copies",
         "--per-document", "0", "-n", "1000", *options, "--batch", "-", index],
        input="".join(f"q\t{text}\n" for text, _ in asked), check=True,
        stdout=subprocess.PIPE, encoding="utf-8").stdout.splitlines()
    failed = 0
    for (text, expected), answer in zip(asked, map(json.loads, answers)):
        if not is_right(answer, expected):
            failed += 1
            found = {hit["document"] for hit in answer["hits"]}
            print(f"not ok: {' '.join(options)} {text}: not wanted "
                  f"{sorted(found - expected)}, missing "
                  f"{sorted(expected - found)}, total {answer['total']}")
    return failed + abs(len(asked) - len(answers))


def main():
    numbers = [int(word) for word in sys.argv[1:] if word != "-v"]
    count, seed = (numbers + [1500, 1][len(numbers):])[:2]
    chance = random.Random(seed)
    passages = make_passages(chance)
    with tempfile.TemporaryDirectory() as folder:
        lines = pathlib.Path(folder, "passages.jsonl")
        lines.write_text("".join(json.dumps(p) + "\n" for p in passages))
        index = pathlib.Path(folder, "index")
        subprocess.run([BUILD / "kalauz-index", "-q", "--no-installed", index,
                        lines], check=True)
        failed = sum(ask_all(index, passages, chance, count, needs_all)
                     for needs_all in (False, True))
    print(f"{2 * count - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
