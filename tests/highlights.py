#!/usr/bin/env python3
"""Is every highlight a word of the text that answers the query?

    tests/highlights.py                  corpus/, all of corpus/judgements
    tests/highlights.py INDEX QUERIES    an index, a table: qid, ..., query

Each hit's text is analysed once more (kalauz-query --analyze). A highlight
starts and ends at a token; some token in it shares a term with the query: a
stem, the stem of the word without accents, a root, first letters, or a part
of a compound. No word that shares a stem is left unmarked, and a stop word is marked
only where that was asked for. The programs are those of build/$MODE, or
$KALAUZ_INDEX and $KALAUZ_QUERY.
"""

import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARGUMENT_MOST = 100_000     # Bytes of one argument; Linux allows 128 KiB.
ROOT_LETTERS = 4            # ROOT_TELLS of lib/search/highlight.c.
SHOWN_MOST = 5              # Faults that are told.
OPERATORS = '"“”„‟«»＂*:+-()'    # Queries with them are not words alone.

Token = collections.namedtuple("Token", "word stems start end is_stop")


def program(name):
    default = ROOT / "build" / os.environ.get("MODE", "release") / name
    path = os.environ.get(name.upper().replace("-", "_"), str(default))
    if not os.access(path, os.X_OK):
        print(f"Bail out! {path} is not there; run make first")
        sys.exit(2)
    return path


def run(command, **options):
    done = subprocess.run(command, capture_output=True, check=False,
                          **options)
    if done.returncode > 1:
        print(f"Bail out! {command[0]} ended with {done.returncode}:")
        print(done.stderr.decode(errors="replace"))
        sys.exit(2)
    return done.stdout


# ---- Analysis --------------------------------------------------------------

def batches(texts):
    """Lists of texts that fit into one argument with a line between them."""
    batch, size = [], 0
    for text in texts:
        length = len(text.encode()) + 2
        if batch and size + length > ARGUMENT_MOST:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += length
    if batch:
        yield batch


def analyze_batch(lang, batch):
    """The tokens of each text, with offsets into that text."""
    joined = "\n\n".join(batch)
    answer = json.loads(run([program("kalauz-query"), "--analyze", lang,
                             "--json", "--", joined]))
    tokens = collections.deque(answer)
    start = 0
    for text in batch:
        end = start + len(text.encode())
        own = []
        while tokens and tokens[0]["offset"] < end:
            token = tokens.popleft()
            at = token["offset"] - start
            own.append(Token(token["word"], frozenset(token["stems"]), at,
                             at + token["length"], token["stop"]))
        yield text, own
        start = end + 2


class Analysis:
    """Texts by language, each analysed once and with as few calls as can be."""

    def __init__(self):
        self.tokens = collections.defaultdict(dict)

    def add(self, lang, texts):
        known = self.tokens[lang]
        new = [t for t in dict.fromkeys(texts) if t.strip() and t not in known]
        for batch in batches(new):
            known.update(analyze_batch(lang, batch))

    def of(self, lang, text):
        return self.tokens[lang].get(text, [])


def fold(word):
    letters = unicodedata.normalize("NFD", word)
    return "".join(c for c in letters if not unicodedata.combining(c))


# ---- One hit ---------------------------------------------------------------

def beginnings(token):
    """How a word begins, and how its stems do: "beiriant" as "peiriant"."""
    return {word[:ROOT_LETTERS] for word in {fold(token.word), *token.stems}
            if len(word) >= ROOT_LETTERS}


def share_a_term(own, asked, bare):
    """What shares a term with the word `own`; `bare` tells the stems of words
    without accents."""
    if own.stems & asked.stems:
        return True
    if (own.stems | bare(own)) & (asked.stems | bare(asked)):
        return True
    if beginnings(own) & beginnings(asked):
        return True
    return any(min(len(one), len(other)) > 2 and (one in other or other in one)
               for one in asked.stems for other in own.stems)


def form_faults(spans, tokens, size):
    """Highlights that are not in order or not at the edges of tokens."""
    starts = {token.start for token in tokens}
    ends = {token.end for token in tokens}
    behind = 0
    for offset, length in spans:
        end = offset + length
        if offset < behind or length == 0 or end > size:
            yield f"{offset}+{length} overlaps or lies outside"
        if offset not in starts or end not in ends:
            yield f"{offset}+{length} is not at the edge of a token"
        behind = end


def meaning_faults(query, asked, spans, tokens, bare):
    """Highlights of what nobody asked for, and words without one."""
    is_plain = not set(query) & set(OPERATORS)
    content = [token for token in asked if not token.is_stop]
    stems = frozenset().union(*(token.stems for token in content))
    for offset, length in spans:
        inside = [token for token in tokens
                  if token.start < offset + length and token.end > offset]
        if not any(share_a_term(own, word, bare)
                   for own in inside for word in asked):
            yield "marks " + " ".join(token.word for token in inside)
        elif is_plain and stems and all(token.is_stop for token in inside):
            yield f"marks the stop word {inside[0].word}"
    for token in tokens if is_plain else []:
        if token.stems & stems and not token.is_stop and not any(
                offset <= token.start and token.end <= offset + length
                for offset, length in spans):
            yield f"leaves {token.word} unmarked"


# ---- All hits --------------------------------------------------------------

def read_queries(path):
    for line in pathlib.Path(path).read_text("utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) > 1:
            yield columns[0], " ".join(columns[-1].split())


def ask(index, queries):
    """Every (query, hit), hits as in the answers of --json."""
    batch = "".join(f"{qid}\t{query}\n" for qid, query in queries)
    answers = run([program("kalauz-query"), "--no-suggest", "--json",
                   "--batch", "-", index], input=batch.encode())
    for line in answers.splitlines():
        answer = json.loads(line)
        for hit in answer["hits"]:
            yield answer["query"], hit


def check(index, queries):
    """Counts of hits and highlights, and the faults."""
    found = list(ask(index, queries))
    analysis = Analysis()
    for lang in sorted({hit["lang"] for _, hit in found}):
        analysis.add(lang, (hit["text"] for _, hit in found
                            if hit["lang"] == lang))
        analysis.add(lang, (query for query, hit in found
                            if hit["lang"] == lang))
        words = {token.word for tokens in analysis.tokens[lang].values()
                 for token in tokens}
        analysis.add(lang, sorted(fold(word) for word in words))
    faults, spans = [], 0
    for query, hit in found:
        lang = hit["lang"]

        def bare(token, lang=lang):
            folded = analysis.of(lang, fold(token.word))
            return frozenset().union(*(each.stems for each in folded))

        tokens = analysis.of(lang, hit["text"])
        spans += len(hit["spans"])
        for fault in (
                *form_faults(hit["spans"], tokens, len(hit["text"].encode())),
                *meaning_faults(query, analysis.of(lang, query), hit["spans"],
                                tokens, bare)):
            faults.append(f"{query}: {hit['id']} ({lang}): {fault}")
    return len(found), spans, faults


def main(arguments):
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        if arguments:
            index, tables = arguments[0], [pathlib.Path(arguments[1])]
        else:
            index = folder + "/index"
            tables = sorted(ROOT.glob("corpus/judgements/*.queries.tsv"))
            run([program("kalauz-index"), "--quiet", index,
                 *(ROOT / "corpus" / name
                   for name in ("guides", "stories", "materials"))])
        print(f"1..{len(tables)}")
        for number, table in enumerate(tables, 1):
            hits, spans, faults = check(index, list(read_queries(table)))
            if spans == 0:
                faults.append("nothing is marked at all")
            print(f"{'not ok' if faults else 'ok'} {number} - {table.name}: "
                  f"{spans} highlights in {hits} hits")
            for fault in faults[:SHOWN_MOST]:
                print(f"# {fault}")
            if len(faults) > SHOWN_MOST:
                print(f"# and {len(faults) - SHOWN_MOST} more")
            passed += not faults
            failed += bool(faults)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if len(sys.argv) not in (1, 3):
    sys.exit(__doc__)
sys.exit(main(sys.argv[1:]))
