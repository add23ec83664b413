#!/usr/bin/env python3
"""Gather real sentences in our languages from Debian documentation packages.

usage: gather.py KALAUZ_INDEX FOLDER

Downloads the packages below into FOLDER/deb (apt-get download, no root), unpacks
them into FOLDER/un, and writes FOLDER/sentences/LANG.txt, a sentence a line,
each once, in a stable order. Pages go through `kalauz-index --dump`; manual
pages lose their macros; message catalogues give their translations (Welsh has
no manual among Debian's packages, so the messages of LibreOffice stand in).
Nothing of it is distributed: it is read where it was downloaded.
"""
import gettext
import glob
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

DOC = "usr/share/doc/"
OFFICE = "usr/share/libreoffice/help/"
# language: (package, folder or files in it)
SOURCES = {
    "ca": [("libreoffice-help-ca", OFFICE + "ca"),
           ("installation-guide-amd64", DOC + "installation-guide-amd64/ca")],
    "cy": [("libreoffice-l10n-cy", "usr/lib/libreoffice/**/*.mo")],
    "en": [("debian-handbook", DOC + "debian-handbook/html/en-US"),
           ("debian-reference-en", DOC),
           ("libreoffice-help-en-us", OFFICE + "en-US"),
           ("installation-guide-amd64", DOC + "installation-guide-amd64/en")],
    "hu": [("libreoffice-help-hu", OFFICE + "hu"),
           ("manpages-hu", "usr/share/man/hu/**/*.gz")],
    "it": [("libreoffice-help-it", OFFICE + "it"),
           ("debian-handbook", DOC + "debian-handbook/html/it-IT"),
           ("debian-reference-it", DOC),
           ("installation-guide-amd64", DOC + "installation-guide-amd64/it")],
    "pt": [("libreoffice-help-pt", OFFICE + "pt"),
           ("libreoffice-help-pt-br", OFFICE + "pt-BR"),
           ("debian-handbook", DOC + "debian-handbook/html/pt-BR"),
           ("debian-reference-pt", DOC),
           ("installation-guide-amd64", DOC + "installation-guide-amd64/pt")],
    "ro": [("manpages-ro", "usr/share/man/ro/**/*.gz"),
           ("debian-handbook", DOC + "debian-handbook/html/ro-RO"),
           ("installation-guide-amd64", DOC + "installation-guide-amd64/ro"),
           ("libreoffice-l10n-ro", "usr/lib/libreoffice/**/*.mo")],
}
LEAST, MOST = 5, 40  # Words of a sentence.


def fetch(folder):
    packages = sorted({p for sources in SOURCES.values() for p, _ in sources})
    debs = folder / "deb"
    debs.mkdir(parents=True, exist_ok=True)
    missing = [p for p in packages if not list(debs.glob(f"{p}_*.deb"))]
    if missing:
        subprocess.run(["apt-get", "-q", "download", *missing], cwd=debs,
                       check=True)
    for package in packages:
        target = folder / "un" / package
        if not target.exists():
            target.mkdir(parents=True)
            deb = sorted(debs.glob(f"{package}_*.deb"))[-1]
            subprocess.run(["dpkg", "-x", deb, target], check=True)


def pages(program, folder, lang):
    """The text of a folder of pages, as the indexer reads it."""
    command = [program, "--dump", "-q", "--lang", lang, folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as dump:
        for line in dump.stdout:
            passage = json.loads(line)
            if passage["lang"] == lang:
                yield passage["text"]


def manual(path):
    """".SH NÉV\\nls \\- ..." => "ls - ..." : lines without the macros."""
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as page:
        text = "\n".join("" if line.startswith((".", "'")) else line
                         for line in page.read().splitlines())
    text = re.sub(r"\\f(\(..|\[[^]]*\]|.)|\\[&|^:%]", "", text)
    text = text.replace("\\-", "-").replace("\\(aq", "'")
    for paragraph in text.split("\n\n"):
        yield " ".join(paragraph.split())


def messages(path):
    with open(path, "rb") as catalogue:
        for text in gettext.GNUTranslations(catalogue)._catalog.values():
            if "<" not in text:
                yield text.replace("~", "")


def texts(program, folder, lang):
    for package, what in SOURCES[lang]:
        root = folder / "un" / package
        if "*" not in what:
            yield from pages(program, root / what, lang)
            continue
        for path in sorted(glob.glob(str(root / what), recursive=True)):
            yield from (manual if path.endswith(".gz") else messages)(path)


def sentences(text):
    """"• Kattintson ide. Válassza ki!" => "Kattintson ide.", "Válassza ki!" """
    for line in text.splitlines():
        for part in re.split(r"(?<=[.!?])\s+(?=[^\W\d_a-z])", line):
            words = part.lstrip("•- ").split()
            letters = sum(c.isalpha() for c in part)
            if LEAST <= len(words) <= MOST and letters > 0.7 * len(part):
                yield " ".join(words)


def main():
    program, folder = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    fetch(folder)
    (folder / "sentences").mkdir(exist_ok=True)
    for lang in SOURCES:
        found = dict.fromkeys(s for t in texts(program, folder, lang)
                              for s in sentences(t))
        words = sum(len(s.split()) for s in found)
        print(f"{lang}: {len(found)} sentences, {words} words")
        with open(folder / "sentences" / f"{lang}.txt", "w",
                  encoding="utf-8") as out:
            out.writelines(s + "\n" for s in found)


if __name__ == "__main__":
    main()
