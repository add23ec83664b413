#!/usr/bin/env python3
"""Make lid.model, the table of the language identifier, from texts.

    train_lid.py [-n FEATURES] ROOT [LANGUAGE:FILE ...] > lid.model

ROOT is a folder in which the Debian packages named in SOURCES are unpacked,
each in a folder of its own name (see lid.md). LANGUAGE:FILE adds a plain text
or word list. lid.sentences.tsv beside this script is always used.

The model: a letter Markov model for each language, with up to four letters of
context, never past the word. Each language has a probability of the last
letter of an n-gram after the letters before it; what the table holds for an
n-gram is by how much the logarithm differs from the one after a context
shorter by a letter. The numbers of all n-grams of a text, added up, are then
its log-likelihood. Whole words of up to eight letters correct the sum
likewise. Only the n-grams that tell the languages apart best are kept.

Needs nothing but Python 3.9.
"""
import argparse
import glob
import html
import math
import os
import re
import struct
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict

LANGUAGES = "ca cy en hu it pt ro".split()
LOCALES = {language: [language] for language in LANGUAGES}
LOCALES["pt"] = ["pt", "pt_BR"]

# ---- Sources ---------------------------------------------------------------

GPL_PROGRAMS = """abiword-common apt aptitude-common atril-common caja-common
cinnamon-l10n dpkg eog evolution-common file-roller gnome-panel-data
libgtk-3-common libgtk2.0-common mate-control-center-common
mate-panel-common pidgin-data pluma-common rhythmbox-data sylpheed-i18n
totem-common tuxpaint-data vlc-l10n""".split()

MO = "usr/share/locale/{}/LC_MESSAGES/*.mo"
MOZILLA = {"ca": ["ca"], "cy": ["cy"], "en": ["en-gb"], "hu": ["hu"],
           "it": ["it"], "pt": ["pt-br", "pt-pt"], "ro": ["ro"]}

# Group, weight, packages, files, name of each language within them. "{}" in
# package or files is that name.
SOURCES = [
    ("wesnoth", 3, ["wesnoth-1.16-data"],
     "usr/share/games/wesnoth/1.16/locale/{}/LC_MESSAGES/*.mo", LOCALES),
    ("freeciv", 1, ["freeciv-data"], MO, LOCALES),
    ("programs", .6, GPL_PROGRAMS, MO, LOCALES),
    ("office", .5, ["libreoffice-l10n-{}"],
     "usr/lib/libreoffice/program/resource/{}/LC_MESSAGES/*.mo",
     {"cy": ["cy"], "ro": ["ro"]}),
    # Not Catalan: those pages are kept for measuring the search.
    ("help", .7, ["libreoffice-help-{}"],
     "usr/share/libreoffice/help/*/text/**/*.html",
     {"en": ["en-gb"], "hu": ["hu"], "it": ["it"], "pt": ["pt", "pt-br"]}),
    ("mozilla", 1, ["firefox-esr-l10n-{}"],
     "usr/lib/firefox-esr/browser/extensions/*.xpi", MOZILLA),
    ("mozilla", 1, ["thunderbird-l10n-{}"],
     "usr/lib/thunderbird/extensions/*.xpi", MOZILLA),
    ("wordpress", 1, ["wordpress-l10n"],
     "usr/share/wordpress/wp-content/languages/*{}.mo",
     {"ca": ["ca"], "cy": ["cy"], "hu": ["hu_HU"], "it": ["it_IT"],
      "pt": ["pt_BR", "pt_PT"], "ro": ["ro_RO"]}),
    ("handbook", 1, ["debian-handbook"],
     "usr/share/doc/debian-handbook/html/{}/*.html",
     {"ca": ["ca-ES"], "en": ["en-US"], "hu": ["hu-HU"], "it": ["it-IT"],
      "pt": ["pt-BR"], "ro": ["ro-RO"]}),
    ("reference", 1, ["debian-reference-{}"], "usr/share/**/*.{}.html",
     {"en": ["en"], "it": ["it"], "pt": ["pt"]}),
    ("reference", 1, ["maint-guide-{}"], "usr/share/**/*.html",
     {"ca": ["ca"], "it": ["it"]}),
]
SENTENCES_WEIGHT = 14
EXTRA_WEIGHT = 1

# English of these groups: what was translated.
ENGLISH_OF = {"wesnoth": "it", "freeciv": "it", "programs": "ca"}

# ---- Reading ---------------------------------------------------------------


def read_mo(path):
    """Pairs (English, translation) of a compiled message catalogue."""
    data = open(path, "rb").read()
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, originals, translations = struct.unpack(order + "III", data[8:20])

    def text(table, i):
        at = table + 8 * i
        size, start = struct.unpack(order + "II", data[at:at + 8])
        return data[start:start + size].decode("utf-8", "replace")

    for i in range(count):
        original = text(originals, i).split("\4")[-1].split("\0")[0]
        for translation in text(translations, i).split("\0")[:2]:
            if original and translation.strip() != original.strip():
                yield original, translation


def read_html(path):
    page = open(path, encoding="utf-8", errors="replace").read()
    page = re.sub(r"(?s)<(script|style|pre|code|head|tt|kbd)\b.*?</\1>", " ",
                  page)
    page = re.sub(r"</?(?:p|div|li|h\d|td|th|dt|dd|br|tr|ul|ol|table)\b[^>]*>",
                  "\n", page)
    return html.unescape(re.sub(r"(?s)<[^>]*>", "", page)).split("\n")


def read_xpi(path):
    """The messages of a Mozilla language pack: .ftl and .properties."""
    archive = zipfile.ZipFile(path)
    for name in archive.namelist():
        if not name.endswith((".ftl", ".properties")):
            continue
        for line in archive.read(name).decode("utf-8", "replace").split("\n"):
            key, equals, value = line.partition("=")
            if line.startswith("#") or "key" in key.lower():
                continue
            if equals:
                yield value
            elif name.endswith(".ftl"):
                yield re.sub(r"^\s*\*?\[[^\]]*\]", "", line)


def read_lines(path, english):
    if path.endswith(".mo"):
        return (pair[0 if english else 1] for pair in read_mo(path))
    if path.endswith(".html"):
        return read_html(path)
    if path.endswith(".xpi"):
        return read_xpi(path)
    return open(path, encoding="utf-8", errors="replace")


def without_markup(line):
    """'Open <b>%s</b> in _new window' -> 'Open in new window'"""
    line = re.sub(r"<[^>]*>|\{[^}]*\}?|\$\w+|%[-#0-9.]*\(?\w*\)?[a-zA-Z$]*|"
                  r"&\w+;|\\n|(?:\w+://|www\.)\S*", " ", line)
    return re.sub(r"[_&~](?=\w)", "", line).strip()


# The letters of lid_alphabet.h; others read as "?".
MARKED = "àáâãäçèéêëìíîïñòóôõöùúûüăőűŵŷșț"
BASES = "aaaaaceeeeiiiinooooouuuuaouwyst"
LETTERS = set("abcdefghijklmnopqrstuvwxyz" + MARKED)
SAME = str.maketrans("şţẁẃẅỳýÿ’ʼ‘", "șțwwwyyy'''")


def words_of(line):
    """"Dell’Elba, 'co·l'" -> ["dell'elba", "co·l"]"""
    line = unicodedata.normalize("NFC", line).lower().translate(SAME)
    return ["".join(c if c in LETTERS or c in "'-·" else "?" for c in word)
            for word in re.findall(r"[^\W\d_]+(?:['·-][^\W\d_]+)*", line)]


ENGLISH = set("the of and this that with you from will which has been for to "
              "your can".split())


def is_untranslated(words):
    hits = sum(word in ENGLISH for word in words)
    if hits >= 2 and hits > .12 * len(words):
        return True
    return len(words) < 8 and bool({"the", "and", "of"} & set(words))


# ---- Counting --------------------------------------------------------------


def source_files(root):
    """(language, group, weight, path, English wanted) of every source."""
    for group, weight, packages, files, names in SOURCES:
        for language in LANGUAGES:
            english = language == "en" and group in ENGLISH_OF
            source = ENGLISH_OF[group] if english else language
            for name in names.get(source, []):
                for package in packages:
                    pattern = os.path.join(
                        root, package.format(name), files.format(name))
                    for path in sorted(glob.glob(pattern, recursive=True)):
                        # Lists of place names are in no language.
                        if not re.search("continents|timezones", path):
                            yield language, group, weight, path, english


def sentence_lines():
    here = os.path.dirname(os.path.abspath(__file__))
    for row in open(os.path.join(here, "lid.sentences.tsv"), encoding="utf-8"):
        language, _, sentence = row.rstrip("\n").partition("\t")
        yield language, sentence


def gather(root, extras):
    """{(language, group): (weight, {line})}, each line once."""
    lines = {}
    for language, group, weight, path, english in source_files(root):
        seen = lines.setdefault((language, group), (weight, {}))[1]
        for line in read_lines(path, english):
            line = without_markup(line)
            if len(line) > 3:
                seen[line] = True
    for language, line in sentence_lines():
        key = language, "sentences"
        lines.setdefault(key, (SENTENCES_WEIGHT, {}))[1][line] = True
    for language, path in extras:
        seen = lines.setdefault((language, path), (EXTRA_WEIGHT, {}))[1]
        for line in read_lines(path, False):
            seen[line.strip()] = True
    return lines


def mix(lines):
    """The words of each language, a million in all. The share of a group goes
    with its weight and the square root of its size."""
    mixed = {language: Counter() for language in LANGUAGES}
    groups = defaultdict(list)
    for (language, group), (weight, seen) in sorted(lines.items()):
        counts = Counter()
        for line in seen:
            words = words_of(line)
            if language == "en" or not is_untranslated(words):
                counts.update(words)
        total = sum(counts.values())
        if total:
            groups[language].append((weight * total ** .5, total, counts))
            print(language, group, total, file=sys.stderr)
    for language, members in groups.items():
        whole = sum(share for share, _, _ in members)
        for share, total, counts in members:
            for word, count in counts.items():
                mixed[language][word] += 1e6 * share / whole * count / total
    return mixed


ORDERS = 5       # Longest n-gram but for whole words.
WORD_MOST = 8    # Letters of the longest whole word.
UNMARKED = .1    # Share of the words read as typed without accents.


def count_grams(words):
    """{n-gram: count}; "_" stands before and after a word."""
    bare = str.maketrans(MARKED, BASES)
    grams = Counter()
    forms = Counter()
    for word, count in words.items():
        forms[word] += count * (1 - UNMARKED)
        forms[word.translate(bare)] += count * UNMARKED
    for word, count in forms.items():
        text = "_" + word + "_"
        for letter in text[1:]:
            grams[letter] += count
        for n in range(2, ORDERS + 1):
            for start in range(len(text) - n + 1):
                grams[text[start:start + n]] += count
        if ORDERS < len(text) <= WORD_MOST + 2:
            grams[text] += count
    return grams


# ---- The model -------------------------------------------------------------

FLOOR = 5e-5      # Least probability of a letter, whatever the context.
ALPHABET = 64
PRIOR = 40         # Weight of the shorter context, per letter seen after it.
LEAST = 6         # An n-gram rarer than this in seven million words is noise.
WORD_NOISE = .05  # Added to the count of a whole word.


class Letters:
    """P(letter | letters before it in the word) of one language."""

    def __init__(self, grams):
        self.grams = grams
        self.after = Counter()
        self.kinds = Counter()
        for gram, count in grams.items():
            if 2 <= len(gram) <= ORDERS:
                self.after[gram[:-1]] += count
                self.kinds[gram[:-1]] += 1
        self.total = sum(c for g, c in grams.items() if len(g) == 1)
        self.known = {}

    def probability(self, gram):
        if gram in self.known:
            return self.known[gram]
        count = self.grams.get(gram, 0)
        if len(gram) == 1:
            p = (1 - FLOOR * ALPHABET) * count / self.total + FLOOR
        else:
            p = self.probability(gram[1:])
            prior = PRIOR * self.kinds[gram[:-1]] + 2
            p = (count + prior * p) / (self.after[gram[:-1]] + prior)
        self.known[gram] = p
        return p


def centred(numbers):
    """[seven numbers less their mean ..., the mean]"""
    mean = sum(numbers) / len(numbers)
    return [number - mean for number in numbers] + [mean]


class Model:
    def __init__(self, grams):
        self.grams = grams
        self.letters = [Letters(g) for g in grams]
        total = Counter()
        for g in grams:
            total.update(g)
        usual = [g for g, c in total.items() if c >= LEAST and "?" not in g]
        usual.sort(key=lambda g: (len(g), g))
        self.short = [g for g in usual if len(g) <= ORDERS]
        self.long = [g for g in usual if len(g) > ORDERS]
        self.logs = {g: [math.log(l.probability(g)) for l in self.letters]
                     for g in self.short}

    def gain(self, gram, row):
        return sum(g.get(gram, 0) * abs(x) for g, x in zip(self.grams, row))

    def longest(self, gram, table):
        while gram not in table:
            gram = gram[1:]
        return self.logs[gram]

    def table(self, threshold):
        """{n-gram: row} of the n-grams that gain more than the threshold."""
        table = {}
        for gram in self.short:
            logs = self.logs[gram]
            if len(gram) > 1:
                lower = self.longest(gram[1:], table)
                row = centred([a - b for a, b in zip(logs, lower)])
                spread = max(row[:-1]) - min(row[:-1])
                if self.gain(gram, row) + .3 * LEAST * spread > threshold:
                    table[gram] = row
            else:
                table[gram] = centred(logs)
        whole = {}
        for gram in self.long:
            row = self.word_row(gram, table)
            if self.gain(gram, row) > threshold:
                whole[gram] = row
        table.update(whole)
        return table

    def word_row(self, gram, table):
        row = []
        parts = [self.longest(gram[max(0, end - ORDERS):end], table)
                 for end in range(2, len(gram) + 1)]
        for i, grams in enumerate(self.grams):
            spelt = 1e6 * math.exp(sum(part[i] for part in parts))
            seen = grams.get(gram, 0) + spelt
            row.append(math.log((seen + WORD_NOISE) / (spelt + WORD_NOISE)))
        return centred(row)

    def best_table(self, features):
        low, high = 1, 1e5
        for _ in range(12):
            middle = math.sqrt(low * high)
            if len(self.table(middle)) > features:
                low = middle
            else:
                high = middle
        return self.table(high)


# Numbers of the file are sixths; six bits hold -32 to 31.
STEPS = 6


def quantised(row):
    return [max(-32, min(31, round(STEPS * x))) for x in row]


def main():
    parser = argparse.ArgumentParser(description="Make lid.model.")
    parser.add_argument("-n", type=int, default=20000)
    parser.add_argument("root")
    parser.add_argument("extra", nargs="*")
    options = parser.parse_args()
    extras = [extra.split(":", 1) for extra in options.extra]
    mixed = mix(gather(options.root, extras))
    model = Model([count_grams(mixed[language]) for language in LANGUAGES])
    table = model.best_table(options.n)
    # A letter of no language of ours: improbable, and in all alike.
    table["?"] = [0] * len(LANGUAGES) + [math.log(FLOOR)]
    print("# Made by train_lid.py; see lid.md. n-gram,", *LANGUAGES, "all")
    for gram in sorted(table):
        print(gram, *quantised(table[gram]))


if __name__ == "__main__":
    main()
