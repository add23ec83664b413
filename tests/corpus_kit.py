"""What the test of corpus/ stands on: its pages read, its words looked up.

A reader of HTML of its own, on purpose a simple one that knows the marks of
our own sites: with it the indexer's, which knows none, is compared. No cases
here; those are in corpus.py.
"""

import collections
import html.parser
import pathlib
import re
import shutil
import subprocess
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"

# A site is a folder of pages made by one hand. Its story stands between two
# marks; what is before and behind them is furniture.
Site = collections.namedtuple("Site", "folder lang begin end legacy")
SITES = {site.folder.rpartition("/")[2]: site for site in (
    Site("guides", "en", '<td valign="top">', '<td width="170"', "cp1252"),
    Site("stories/hungary", "hu", '<td valign="top">', '<td width="140"',
         "cp1250"),
    Site("stories/romania", "ro", '<h1', '<div id="subsol">', "iso-8859-2"),
    Site("stories/catalonia", "ca", "<article>", "</article>", "cp1252"),
    Site("stories/wales", "cy", '<div class="stori', '<div class="sidebar">',
         "cp1252"),
    Site("stories/italy", "it", '<h2 id="inizio">', "<!-- fine testo -->",
         "cp1252"),
    Site("stories/evora", "pt", '<div class="entry-content">',
         '<div class="sharedaddy', "cp1252"),
)}
LANGS = ("en", "hu", "ro", "ca", "cy", "it", "pt")

BLOCKS = set("""address article aside blockquote br button caption 
    dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr label
    li main nav ol option p pre section table tbody td tfoot th thead title tr
    ul""".split())
SILENT = {"script", "style"}
# Cedillas for commas is how Romanian was written when fonts had no others.
SAME = str.maketrans("şţŞŢ’‘ʼ\u00a0", "șțȘȚ''' ")


def plain(text):
    """One way to write it: 'Şase  scaune’' => "Șase scaune'"."""
    text = unicodedata.normalize("NFC", text).translate(SAME)
    return " ".join(text.replace("\u00ad", "").split())


def words(text):
    """The words of a text: "l'olio, 810, 5-ös" => ["l'olio"]."""
    return re.findall(r"(?<![^\W_])(?<!\d[-.'])[^\W\d_]+(?:['·-][^\W\d_]+)*",
                      plain(text))


def bare(text):
    """For comparing across marks and bullets: '• Un, dos.' => 'un dos'."""
    return " ".join(re.findall(r"[^\W_]+", plain(text).casefold()))


class Page(html.parser.HTMLParser):
    """A page of one of the sites, read."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.name = path.relative_to(CORPUS).as_posix()
        self.path = path
        self.site = SITES[path.parent.name]
        self.lang = "en" if ".en." in path.name else self.site.lang
        self.story = []         # Lines of the story.
        self.own = []           # The same without quotations.
        self.outside = set()    # Lines and their pieces around the story.
        self.links = []         # (address, is it in the story?, its hreflang)
        self.alternates = {}    # hreflang: address
        self.anchors = set()
        self.title = ""
        self.is_story = False
        self.is_link = False    # Does the line lead to another telling?
        self.silent = self.line = self.own_line = ""
        self.quotes = []        # Elements in another language: [tag, depth]
        self.read(decode(path, self.site))

    def read(self, text):
        begin = text.find(self.site.begin)
        end = text.find(self.site.end, begin)
        if begin < 0 or end < 0:
            raise ValueError(f"{self.name}: no story between the marks")
        parts = text[:begin], text[begin:end], text[end:]
        for self.is_story, part in zip((False, True, False), parts):
            self.feed(part)
            self.end_line()
        self.close()

    def end_line(self):
        line = plain(self.line)
        if line and self.is_story and not self.is_link:
            self.story.append(line)
            self.own.append(plain(self.own_line))
        elif line:
            self.outside.add(line)
        self.line = self.own_line = ""
        self.is_link = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in SILENT or tag == "title":
            self.silent = tag
        if tag in BLOCKS:
            self.end_line()
        for quote in self.quotes:
            quote[1] += tag == quote[0]
        lang = attrs.get("lang") or self.lang
        if not lang.startswith(self.lang) and tag not in ("html", "body"):
            self.quotes.append([tag, 1])
        for name in ("id", "name"):
            if attrs.get(name) and (name == "id" or tag == "a"):
                self.anchors.add(attrs[name])
        if tag == "link" and attrs.get("rel") == "alternate":
            self.alternates[attrs.get("hreflang")] = attrs["href"]
        if tag == "a" and attrs.get("href"):
            self.links.append((attrs["href"], self.is_story,
                               attrs.get("hreflang")))
            self.is_link |= "hreflang" in attrs and "/" not in attrs["href"]
        if not self.is_story:
            for name in ("alt", "title", "value", "placeholder"):
                self.outside.add(plain(attrs.get(name) or ""))

    def handle_endtag(self, tag):
        if tag == self.silent:
            self.silent = ""
        if tag in BLOCKS:
            self.end_line()
        for quote in self.quotes:
            quote[1] -= tag == quote[0]
        self.quotes = [quote for quote in self.quotes if quote[1] > 0]

    def handle_data(self, data):
        if self.silent:
            if self.silent == "title":
                self.title += plain(data)
            return
        self.line += data
        self.own_line += " " if self.quotes else data
        if not self.is_story:
            self.outside.add(plain(data))


def decode(path, site):
    """The text of a page: as it says, else UTF-8, else as the site does."""
    data = path.read_bytes()
    said = re.search(rb'(?i)charset=["\']?([-\w]+)|encoding="([-\w]+)"', data)
    if not said:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode(site.legacy)
    encoding = (said.group(1) or said.group(2)).decode().lower()
    # Browsers read the one as the other.
    return data.decode("cp1252" if encoding == "iso-8859-1" else encoding)


def pages():
    """Every page of every site, by name."""
    return [Page(path) for site in SITES.values()
            for path in sorted((CORPUS / site.folder).glob("*.html"))]


class Material:
    """A supporting material: its source and what is made of it."""

    def __init__(self, key, extension):
        place, _, name = key.partition("/")
        self.source = CORPUS / "sources" / f"{key}.md"
        self.place = "guides" if place == "english" else place
        self.lang = SITES[self.place].lang
        if place != "english":
            name = f"{place}-{name}"
        self.name = f"materials/{name}.{extension}"
        text = self.source.read_text("utf-8")
        self.title = plain(text.split("\n", 1)[0].lstrip("# "))
        # Marks of Markdown are no words: emphasis, the lines of a table.
        self.text = re.sub(r"[*|`]|^[#>-]+|^\d+\.", " ", text, flags=re.M)
        self.paragraphs = [plain(p) for p in re.split(r"\n\s*\n", self.text)]


def materials():
    rows = (CORPUS / "sources/formats.tsv").read_text("utf-8").splitlines()
    return [Material(*row.split("\t")[:2]) for row in rows
            if row and not row.startswith("#")]


# ---- Dictionaries ------------------------------------------------------------

SPELLERS = {
    "hu": ["hunspell", "-l", "-i", "utf-8", "-d", "hu_HU"],
    "ro": ["hunspell", "-l", "-i", "utf-8", "-d", "ro_RO"],
    "ca": ["hunspell", "-l", "-i", "utf-8", "-d", "ca"],
    "it": ["hunspell", "-l", "-i", "utf-8", "-d", "it_IT"],
    "pt": ["hunspell", "-l", "-i", "utf-8", "-d", "pt_PT"],
    "en": ["hunspell", "-l", "-i", "utf-8", "-d", "en_GB"],
    "cy": ["aspell", "--encoding=utf-8", "-l", "cy", "list"],
}


# A word of no language. The spellers print what they do not know, perhaps a
# piece of it: this one, given behind every word, tells which it belongs to.
NO_WORD = "qzxqzx"


def unknown_to_speller(lang, asked):
    """Which of a list of words the dictionary of a language does not know.

    None if there is no such dictionary here."""
    if not shutil.which(SPELLERS[lang][0]):
        return None
    given = "".join(f"{word}\n{NO_WORD}\n" for word in asked)
    done = subprocess.run(SPELLERS[lang], input=given, text=True,
                          encoding="utf-8", capture_output=True)
    if done.returncode or not done.stdout:
        return None
    groups = f"\n{done.stdout}".split(f"\n{NO_WORD}")
    return {word for word, group in zip(asked, groups) if group.strip()}


# What a Welsh word that begins so may have begun with: ngh => c.
RADICALS = {
    "mh": ["p"], "nh": ["t"], "ngh": ["c"], "ng": ["g"], "m": ["b"],
    "n": ["d", "gn"], "ph": ["p"], "th": ["t"], "ch": ["c"], "b": ["p"],
    "d": ["t"], "g": ["c"], "f": ["b", "m"], "dd": ["d"], "l": ["ll", "gl"],
    "r": ["rh", "gr"], "w": ["gw"], "y": ["gy"], "h": [""],
    **{vowel: ["g" + vowel] for vowel in "aeioâêîôŵŷ"},
}


def radicals(word):
    """'nghadair' => ['cadair', ...]: what it may be without a mutation."""
    low = word.lower()
    return [radical + low[len(begin):]
            for begin, found in RADICALS.items() if low.startswith(begin)
            for radical in found]


def welsh_lexicon():
    """The lemmas and written forms of lib/text/lang/cy.lexicon."""
    known = set()
    path = ROOT / "lib/text/lang/cy.lexicon"
    for line in path.read_text("utf-8").splitlines():
        fields = line.partition("#")[0].split()
        for form in fields[1:]:
            form = form.rstrip("!").lstrip("=")
            known.add(fields[1].rstrip("!") + form[1:]
                      if form.startswith("-") else form)
    return {word.lower() for word in known}


def names(*langs):
    return {plain(line) for lang in langs
            for line in (CORPUS / f"names/{lang}.txt")
            .read_text("utf-8").splitlines()}


def pieces(word):
    """The parts of a compound, each in the forms that a dictionary may have.

    "dell'aula" => [["dell'", 'dell', 'della', 'delle', ...], ['aula']]"""
    found = []
    for part in re.findall(r"[^'-]+'?", word):
        stem = part.rstrip("'")
        if len(stem) > 1:
            found.append([part] if stem == part else
                         [part, stem, *(stem + v for v in "aeio")])
    return found


def unknown_words(lang, found, listed):
    """(what of a set of words nobody knows, how many there are).

    Known is what the dictionary or the set `listed` has. A word counts once
    however it is capitalised; a compound is known if its parts are. None
    without a dictionary."""
    forms = collections.defaultdict(set)
    for word in found:
        if len(word) > 1:
            forms[word.casefold()].add(word)
    asked = {word for group in forms.values() for word in group}
    asked.update(form for word in list(asked) for piece in pieces(word)
                 for form in piece)
    if lang == "cy":
        asked.update(r for word in list(asked) for r in radicals(word))
    asked = sorted(asked)
    wrong = unknown_to_speller(lang, asked)
    if wrong is None:
        return None
    known = set(asked) - wrong | listed
    lexicon = welsh_lexicon() if lang == "cy" else set()

    def is_known(word):
        if word in known or word.lower() in known:
            return True
        return lang == "cy" and any(
            found in lexicon or {found, found.capitalize()} & known
            for found in [word.lower(), *radicals(word)])

    def is_whole(word):
        return is_known(word) or bool(re.search("['-]", word)) and all(
            any(map(is_known, part)) for part in pieces(word))

    return [min(group) for _, group in sorted(forms.items())
            if not any(map(is_whole, group))], len(forms)
