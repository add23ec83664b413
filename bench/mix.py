#!/usr/bin/env python3
"""Mix sentences to passages, and draw queries from them.

usage: mix.py SENTENCES COUNT OUT

SENTENCES is the folder that gather.py wrote. In OUT, always the same for the
same sentences and COUNT:

  passages.jsonl   COUNT passages of about 80 words, each in one language
  alone/LANG.jsonl the same passages, a file a language
  passages.tsv     lang<TAB>text, for the peers
  queries.tsv      qid<TAB>lang<TAB>query: 1,000 of one to five words
  phrases.tsv      the same, phrases of the most frequent words: the worst case
"""
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path

# Shares of the passages; Welsh has the fewest sentences.
SHARES = {"ca": 14, "cy": 6, "en": 24, "hu": 14, "it": 14, "pt": 14, "ro": 14}
SEED = 1
QUERIES = 1000
FREQUENT = 50  # Words of a language that no query is drawn from.
SAMPLE = 20000  # Sentences looked at for frequent words.


def words_of(text):
    return re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", text.lower())


def passage(choose, pool):
    """Sentences until there are about 80 words."""
    target, parts, count = choose.gauss(80, 15), [], 0
    while count < target - 6:
        sentence, words = pool[int(choose.random() * len(pool))]
        parts.append(sentence)
        count += words
    return " ".join(parts)


def write_passages(pools, count, out):
    choose = random.Random(SEED)
    langs, shares = list(SHARES), list(SHARES.values())
    (out / "alone").mkdir(parents=True, exist_ok=True)
    alone = {lang: open(out / "alone" / f"{lang}.jsonl", "w") for lang in langs}
    with open(out / "passages.jsonl", "w", encoding="utf-8") as lines, \
            open(out / "passages.tsv", "w", encoding="utf-8") as plain:
        for i in range(count):
            lang = choose.choices(langs, shares)[0]
            text = passage(choose, pools[lang])
            line = json.dumps({"id": f"m{i}", "lang": lang, "text": text},
                              ensure_ascii=False) + "\n"
            lines.write(line)
            alone[lang].write(line)
            plain.write(f"{lang}\t{text}\n")
    for file in alone.values():
        file.close()


def draw(choose, pool, frequent, size):
    """`size` words of one sentence, in their order."""
    while True:
        words = [w for w in words_of(pool[choose.randrange(len(pool))][0])
                 if len(w) > 2 and w not in frequent]
        if len(words) >= size:
            places = sorted(choose.sample(range(len(words)), size))
            return " ".join(words[p] for p in places)


def write_queries(pools, out):
    choose = random.Random(SEED + 1)
    langs, shares = list(SHARES), list(SHARES.values())
    with open(out / "queries.tsv", "w", encoding="utf-8") as queries, \
            open(out / "phrases.tsv", "w", encoding="utf-8") as phrases:
        frequent, pairs = {}, {}
        for lang in langs:
            some = [words_of(s) for s, _ in pools[lang][:SAMPLE]]
            counts = Counter(w for s in some for w in s)
            frequent[lang] = dict(counts.most_common(FREQUENT))
            pairs[lang] = Counter(p for s in some for p in zip(s, s[1:]))
        for i in range(QUERIES):
            lang = choose.choices(langs, shares)[0]
            text = draw(choose, pools[lang], frequent[lang], 1 + i % 5)
            queries.write(f"q{i}\t{lang}\t{text}\n")
        for lang in langs:
            write_phrases(phrases, lang, list(frequent[lang]), pairs[lang])


def write_phrases(out, lang, frequent, pairs):
    """The two most frequent pairs, and the two frequent words that stand side
    by side most rarely: every passage that holds them must be read."""
    common = [p for p, _ in pairs.most_common(2)]
    rare = [(a, b, c) for a in frequent[:4] for b in frequent[:4]
            for c in frequent[:4] if a != b != c
            and pairs[a, b] + pairs[b, c] == 0] or \
        [min(((a, b) for a in frequent[:6] for b in frequent[:6] if a != b),
             key=lambda p: pairs[p])]
    for i, words in enumerate(common + rare[:2]):
        kind = "common" if i < len(common) else "rare"
        out.write(f"{kind}-{lang}{i + 1}\t{lang}\t\"{' '.join(words)}\"\n")


def main():
    source, count, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    pools = {}
    for lang in SHARES:
        lines = (source / f"{lang}.txt").read_text("utf-8").splitlines()
        pools[lang] = [(s, len(s.split())) for s in lines]
        random.Random(SEED).shuffle(pools[lang])
    write_passages(pools, count, out)
    write_queries(pools, out)


if __name__ == "__main__":
    main()
