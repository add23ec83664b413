#!/usr/bin/env python3
"""The corpus's own test: is corpus/ what its README says, and is it read well?

    tests/corpus.py             TAP; the last line is "N passed, N failed"
    tests/corpus.py --accept    write today's ranking into corpus_floor.tsv

The programs are those of build/$MODE, or $KALAUZ_INDEX and $KALAUZ_QUERY. A
format that the indexer does not read and a dictionary that is not installed
are skipped with a line that says so. How pages are read here: corpus_kit.py.
"""

import collections
import hashlib
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

sys.dont_write_bytecode = True  # Nothing is left in tests/.
from corpus_kit import (CORPUS, LANGS, ROOT, SITES, bare, materials, names,
                        pages, plain, unknown_words, words)

MIN_STORY, MIN_GUIDE = 500, 400     # Words.
MIN_STORIES, TELLINGS = 8, 2        # Of each place.
MIN_MATERIALS, MIN_QUERIES, MIN_CONCEPTS = 25, 20, 300
LONG = 8                # Words that a paragraph may share with another page.
ONCE_TOO_OFTEN = 3      # Pages of a site: what all of these have is furniture.
KNOWN_SHARE = .97       # Of the distinct words, names aside.
FROM_SOURCE = .95       # Of the words of a material: the rest may be page
                        # numbers, or letters that its encoding lacks.
FALL = .05              # What ranking may lose of nDCG@10 before it fails.
FLOOR = ROOT / "tests/corpus_floor.tsv"


class Tap:
    """Counts and prints cases."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def case(self, name, faults):
        faults = list(faults)
        number = self.passed + self.failed + self.skipped + 1
        print(f"{'not ok' if faults else 'ok'} {number} - {name}")
        for fault in faults:
            print(f"# {fault}")
        self.passed += not faults
        self.failed += bool(faults)

    def skip(self, name, why):
        self.skipped += 1
        number = self.passed + self.failed + self.skipped
        print(f"ok {number} - {name} # SKIP {why}")

    def end(self):
        print(f"1..{self.passed + self.failed + self.skipped}")
        if self.skipped:
            print(f"# {self.skipped} skipped")
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def program(name):
    default = ROOT / "build" / os.environ.get("MODE", "release") / name
    path = os.environ.get(name.upper().replace("-", "_"), str(default))
    if not os.access(path, os.X_OK):
        print(f"Bail out! {path} is not there; run make first")
        sys.exit(2)
    return path


def run(command, **options):
    done = subprocess.run(command, cwd=CORPUS, text=True, encoding="utf-8",
                          capture_output=True, **options)
    if done.returncode > 1:
        print(f"Bail out! {command[0]} ended with {done.returncode}:")
        print(done.stderr)
        sys.exit(2)
    return done


def table(name):
    """The rows of a file below corpus/, as lists of cells."""
    return [line.split("\t") for line in
            (CORPUS / name).read_text("utf-8").splitlines()]


# ---- The folder --------------------------------------------------------------

def manifest():
    """A fault for each file that is not as MANIFEST says."""
    listed = {}
    for line in (CORPUS / "MANIFEST").read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    there = {path.relative_to(CORPUS).as_posix()
             for path in CORPUS.rglob("*") if path.is_file()}
    for name in sorted(there - set(listed) - {"MANIFEST"}):
        yield f"{name} is not in MANIFEST"
    for name, digest in listed.items():
        if name not in there:
            yield f"{name} is in MANIFEST only"
        elif hashlib.sha256(
                (CORPUS / name).read_bytes()).hexdigest() != digest:
            yield f"{name} differs from MANIFEST"


def counts(all_pages, all_materials):
    """Where README's numbers are not those of the files."""
    text = (CORPUS / "README.md").read_text("utf-8")
    place_of = {place: [p for p in all_pages if p.site is site]
                for place, site in SITES.items()}
    concepts = len(table("glossary.tsv")) - 1
    guides = len(place_of["guides"])
    for said in (f"{guides} guide pages,", f"{guides} English pages",
                 f"{len(all_pages) - guides} stories",
                 f"{len(all_materials)} supporting", f"{concepts} concepts"):
        if said not in plain(text):
            yield f'README.md should say "{said}"'
    for place, found in place_of.items():
        lang = SITES[place].lang
        made = str(sum(m.place == place for m in all_materials))
        queries = str(len(table(f"judgements/{lang}.queries.tsv")))
        told = str(sum(".en." in p.name for p in found))
        wanted = ["(guides)", "en", "", "", made, queries]
        if place != "guides":
            own = str(len(found) - int(told))
            wanted = [place, lang, own, told, made, queries]
        row = "| " + " | ".join(wanted) + " |"
        if re.sub(r" +", " ", row) not in re.sub(r" +", " ", text):
            yield f"README.md should have the row {row}"


def enough(all_pages, all_materials):
    """What is too short or too few."""
    for page in all_pages:
        least = MIN_GUIDE if page.site.folder == "guides" else MIN_STORY
        count = sum(len(line.split()) for line in page.story)
        if count < least:
            yield f"{page.name} has {count} words"
    for site in SITES.values():
        found = [page for page in all_pages if page.site is site]
        told = sum(".en." in page.name for page in found)
        if site.folder != "guides" and (
                told < TELLINGS or len(found) - told < MIN_STORIES):
            yield f"{site.folder}: {len(found)} pages, {told} in English"
    if len(all_materials) < MIN_MATERIALS:
        yield f"{len(all_materials)} materials"
    made = {f"materials/{path.name}"
            for path in (CORPUS / "materials").iterdir()}
    for name in sorted(made ^ {material.name for material in all_materials}):
        yield f"{name}: made, or in sources/formats.tsv, but not both"


def shared(all_pages, all_materials):
    """Paragraphs that stand on two pages."""
    seen = {}
    for where, lines in [*((p.name, p.story) for p in all_pages),
                         *((m.name, m.paragraphs) for m in all_materials)]:
        for line in lines:
            key = bare(line)
            if len(key.split()) > LONG:
                if key in seen:
                    yield f"{seen[key]}, {where}: {line}"
                seen[key] = where


def tellings(all_pages):
    """Tellings that are not marked as such, both ways."""
    by_name = {page.name: page for page in all_pages}
    for page in all_pages:
        if ".en." not in page.name:
            continue
        other = by_name.get(page.name.replace(".en.", "."))
        if not other:
            yield f"{page.name} tells no other page"
            continue
        for one, two in ((page, other), (other, page)):
            address = two.path.name
            if one.alternates.get(two.lang) != address:
                yield f"{one.name}: no alternate to {address}"
            if (address, True, two.lang) not in one.links:
                yield f"{one.name}: no link to {address}"


def broken_links(page, anchors):
    """Links of the story, and to materials, that lead nowhere."""
    for address, in_story, _ in page.links:
        target, _, anchor = urllib.parse.unquote(address).partition("#")
        if ":" in target or not (in_story or "materials/" in target):
            continue
        path = (page.path.parent / target).resolve() if target else page.path
        if not path.is_file():
            yield f"link to {address}, which is not there"
        elif anchor and anchor not in anchors[path]:
            yield f"link to {address}, which has no such anchor"


def glossary():
    header, *rows = table("glossary.tsv")
    if header != ["concept", *LANGS]:
        yield f"columns are {header}"
    if len(rows) < MIN_CONCEPTS:
        yield f"{len(rows)} rows"
    for number, row in enumerate(rows, 2):
        if len(row) != len(header) or not all(map(str.strip, row)):
            yield f"line {number} ({row[0]}) has an empty cell"
    for concept, times in collections.Counter(r[0] for r in rows).items():
        if times > 1:
            yield f"{concept} occurs {times} times"


# ---- Words -------------------------------------------------------------------

def spelling(tap, all_pages, all_materials):
    """A case a language: are its words known? Quotations in another language
    are left out."""
    for lang in LANGS:
        found = set()
        for page in all_pages:
            if page.lang == lang:
                found.update(w for line in page.own for w in words(line))
        for material in all_materials:
            if material.lang == lang:
                found.update(words(material.text))
        # English tells of all the places, with their people.
        listed = names(*(LANGS if lang == "en" else [lang]))
        answer = unknown_words(lang, found, listed)
        if answer is None:
            tap.skip(f"{lang}: words are known", "no dictionary installed")
            continue
        unknown, count = answer
        share = 1 - len(unknown) / count
        tap.case(f"{lang}: {share:.1%} of {count} words are known",
                 [" ".join(unknown)] if share < KNOWN_SHARE else [])


def name_lists(all_pages, all_materials):
    """Names out of order, and names that are on no page of the language."""
    for lang in LANGS:
        lines = (CORPUS / f"names/{lang}.txt").read_text("utf-8").splitlines()
        if lines != sorted(set(lines)):
            yield f"names/{lang}.txt is not sorted, or has a line twice"
        text = " ".join(
            [line for page in all_pages if lang in (page.lang, page.site.lang)
             for line in [*page.story, *page.outside]]
            + [m.text for m in all_materials if m.lang == lang])
        text = plain(text)
        for line in lines:
            if not re.search(rf"\b{re.escape(plain(line))}(?!\w)", text):
                yield f"names/{lang}.txt: {line} is on no page"


# ---- What the indexer reads --------------------------------------------------

def site_name(titles):
    """What all titles of a site begin or end with: ('Xploit - ', '')."""
    begin = os.path.commonprefix(titles)
    end = os.path.commonprefix([title[::-1] for title in titles])[::-1]
    mark = "[-–|]"
    return (re.match(f"(?:.* {mark} )?", begin).group(),
            (re.search(f" {mark} (?!.* {mark} ).*$", end) or [""])[0])


def furniture(all_pages):
    """The lines around the story that at least three pages of a site have.

    English tellings are a site of their own, as small as it is."""
    sites = collections.defaultdict(list)
    for page in all_pages:
        sites[page.site, page.lang].append(page)
    found = {}
    for key, members in sites.items():
        times = collections.Counter(
            bare(text) for page in members for text in page.outside)
        least = min(ONCE_TOO_OFTEN, len(members))
        found[key] = {text for text, n in times.items() if n >= least and text}
    return found


def leaks(page, passage, strings):
    """Furniture in a passage that the writer did not put into the story."""
    story = [bare(line) for line in page.story]
    whole = " ".join(story)
    lines = {bare(line) for line in
             [*passage["text"].split("\n"), *passage["headings"]]}
    for line in lines - {"", bare(passage["title"])}:
        for text in strings:
            if line == text and text not in story:
                yield f"furniture: {text}"
            elif (text.count(" ") >= 3 and f" {text} " in f" {line} "
                  and text not in whole):
                yield f"furniture in a line: {text}"
        # What stands in no line of the story is of the page, not of it.
        if line not in whole:
            yield f"not of the story: {line[:70]}"


def faults_of_page(page, passages, title, strings):
    """What is wrong with what was read of a page."""
    for read in {plain(passage["title"]) for passage in passages} - {title}:
        yield f'title "{read}", not "{title}"'
    for passage in passages:
        where = passage["id"].partition("#")[2]
        if passage["lang"] != page.lang:
            yield f"{where}: language {passage['lang']}, not {page.lang}"
        anchor = passage["anchor"]
        if anchor and anchor not in page.anchors:
            yield f"{where}: the page has no anchor {anchor}"
        for target in passage["materials"]:
            if not (CORPUS / target).is_file():
                yield f"{where}: material {target} is not there"
        for leak in leaks(page, passage, strings):
            yield f"{where}: {leak}"
    text = " ".join(bare(line) for p in passages for line in
                    [p["title"], *p["headings"], *p["text"].split("\n")])
    for line in page.story:
        if len(line.split()) > LONG and bare(line) not in text:
            yield f"not read: {line}"
    linked = {target for passage in passages for target in passage["materials"]}
    for address, _, _ in page.links:
        if "materials/" in address:
            target = "materials/" + address.rpartition("/")[2]
            if target not in linked:
                yield f"the link to {target} was not read"


def faults_of_material(material, passages):
    """What is wrong with what was read of a material."""
    source = set(bare(material.text).split())
    for title in {passage["title"] for passage in passages}:
        if bare(title) != bare(material.title):
            yield f'title "{title}", not "{material.title}"'
    read = []
    for passage in passages:
        where = passage["id"].partition("#")[2]
        if passage["lang"] != material.lang:
            yield f"{where}: language {passage['lang']}, not {material.lang}"
        read += bare(passage["text"]).split()
    strange = [word for word in read if word not in source]
    if len(strange) > (1 - FROM_SOURCE) * len(read):
        yield "not in its source: " + " ".join(strange[:20])
    missing = source - set(read) - {word for passage in passages for heading
                                    in [*passage["headings"], passage["title"]]
                                    for word in bare(heading).split()}
    if len(missing) > (1 - FROM_SOURCE) * len(source):
        yield "not read: " + " ".join(sorted(missing)[:20])


def readings(tap, indexer, all_pages, all_materials):
    """A case a document: it is read as it should be. Returns the documents
    that the index has, and those that it cannot have yet."""
    done = run([indexer, "--dump", "guides", "stories", "materials"])
    documents = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        passage = json.loads(line)
        documents[passage["document"]].append(passage)
    reasons = dict(re.findall(r"^\w+: (\S+): (.*)$", done.stderr, re.M))
    affix = {site: site_name([page.title for page in all_pages
                              if page.site is site])
             for site in SITES.values()}
    strings = furniture(all_pages)
    for page in all_pages:
        begin, end = affix[page.site]
        title = page.title[len(begin):len(page.title) - len(end)]
        passages = documents.get(page.name)
        faults = [reasons.get(page.name, "is not read")]
        if passages:
            faults = faults_of_page(page, passages, title,
                                    strings[page.site, page.lang])
        tap.case(page.name, faults)
    unread = set()
    for material in all_materials:
        passages = documents.get(material.name)
        if passages:
            tap.case(material.name, faults_of_material(material, passages))
        elif reasons.get(material.name) == "not a known format":
            unread.add(material.name)
            tap.skip(material.name, "its format is not read yet")
        else:
            tap.case(material.name,
                     [reasons.get(material.name, "is not read")])
    return set(documents), unread


# ---- Judgements and ranking --------------------------------------------------

def judgements(lang):
    """({qid: query}, {qid: {document: grade}}) of a language."""
    queries = {qid: query for qid, _, query in
               table(f"judgements/{lang}.queries.tsv")}
    grades = collections.defaultdict(dict)
    for line in (CORPUS / f"judgements/{lang}.qrels").read_text(
            "utf-8").splitlines():
        qid, _, document, grade = line.split()
        grades[qid][document] = int(grade)
    return queries, grades


def faults_of_judgements(lang, indexed, unread):
    queries, grades = judgements(lang)
    if len(queries) < MIN_QUERIES:
        yield f"{len(queries)} queries"
    if len(queries) != len(table(f"judgements/{lang}.queries.tsv")):
        yield "a qid occurs twice"
    for row in table(f"judgements/{lang}.queries.tsv"):
        if row[1] not in LANGS:
            yield f"{row[0]}: no language {row[1]}"
    for qid in set(queries) ^ set(grades):
        yield f"{qid}: a query or judgements, but not both"
    for qid, found in grades.items():
        if 2 not in found.values() or not set(found.values()) <= {0, 1, 2}:
            yield f"{qid}: grades {sorted(found.values())}"
        for document in set(found) - indexed - unread:
            yield f"{qid}: {document} is not in the index"


def ndcg(found, grades):
    """nDCG@10 of documents in order; a grade is its own gain."""
    def dcg(gains):
        return sum(gain / math.log2(rank + 2)
                   for rank, gain in enumerate(gains[:10]))
    return (dcg([grades.get(document, 0) for document in found])
            / dcg(sorted(grades.values(), reverse=True)))


def ranking(indexer, asker):
    """{language: mean nDCG@10}, of an index made for it."""
    values = {}
    with tempfile.TemporaryDirectory() as folder:
        index = f"{folder}/index"
        run([indexer, "-q", index, "guides", "stories", "materials"])
        for lang in LANGS:
            queries, grades = judgements(lang)
            done = run([asker, "-n", "10", "--format", "trec", index,
                        "--batch", "-"],
                       input="".join(f"{qid}\t{query}\n"
                                     for qid, query in queries.items()))
            found = collections.defaultdict(list)
            for line in done.stdout.splitlines():
                qid, _, document, *_ = line.split()
                found[qid].append(urllib.parse.unquote(document))
            values[lang] = sum(ndcg(found[qid], grades[qid])
                               for qid in queries) / len(queries)
    return values


def accept(values):
    """Write today's ranking, so that the next run is held to it."""
    lines = ["# nDCG@10 of each language's judgements when last accepted",
             "# (tests/corpus.py --accept); a value lower by "
             f"{FALL} fails.",
             *(f"{lang}\t{value:.4f}" for lang, value in values.items())]
    FLOOR.write_text("\n".join(lines) + "\n", "utf-8")


def floors():
    return {lang: float(value) for lang, value in
            (line.split("\t") for line in
             FLOOR.read_text("utf-8").splitlines() if line[0] != "#")}


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    indexer, asker = program("kalauz-index"), program("kalauz-query")
    values = ranking(indexer, asker)
    if "--accept" in sys.argv[1:]:
        accept(values)
    tap = Tap()
    all_pages, all_materials = pages(), materials()
    anchors = {page.path: page.anchors for page in all_pages}
    tap.case("MANIFEST", manifest())
    tap.case("README counts", counts(all_pages, all_materials))
    tap.case("enough, and long enough", enough(all_pages, all_materials))
    tap.case("no paragraph twice", shared(all_pages, all_materials))
    tap.case("tellings are marked", tellings(all_pages))
    tap.case("links lead somewhere",
             (f"{page.name}: {fault}" for page in all_pages
              for fault in broken_links(page, anchors)))
    tap.case("glossary", glossary())
    tap.case("lists of names", name_lists(all_pages, all_materials))
    spelling(tap, all_pages, all_materials)
    indexed, unread = readings(tap, indexer, all_pages, all_materials)
    for lang in LANGS:
        tap.case(f"{lang}: judgements",
                 faults_of_judgements(lang, indexed, unread))
    for lang, floor in floors().items():
        value = values[lang]
        tap.case(f"{lang}: nDCG@10 is {value:.3f}",
                 [f"was {floor:.3f}"] if value < floor - FALL else [])
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
