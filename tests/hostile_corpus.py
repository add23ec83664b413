"""Make a folder of files that mean harm, or that came to harm.

    python3 tests/hostile_corpus.py FOLDER [MUTANTS [SEED]]

Every file is made from the files of corpus/ and tests/formats with a fixed
seed, so each run gives the same ones. MUTANTS is how many more damaged files
to make beside the fixed ones, for a long run. tests/hostile.py runs
kalauz-index over what comes out.

Names are bytes throughout: some of them are no UTF-8.
"""

import gzip
import io
import os
import pathlib
import random
import socket
import stat
import struct
import sys
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEGABYTE = 1 << 20

# One of each kind, small, so that damage hits something.
BASES = [
    "corpus/guides/index.html",
    "corpus/materials/catalonia-taula-financament.pdf",
    "corpus/materials/community-profile-questionnaire.odt",
    "corpus/materials/evaluation-worksheet.pptx",
    "corpus/materials/hungary-emlekezteto-kerekasztal.rtf",
    "corpus/materials/romania-ghid-voluntari.pdf",
    "corpus/materials/small-grants-guide.epub",
    "corpus/materials/wales-tabl-ariannu.docx",
    "tests/formats/code-pages.rtf",
    "tests/formats/cymraeg.odp",
    "tests/formats/nested.zip",
    "tests/formats/page.html.gz",
    "tests/formats/spine.epub",
    "tests/formats/tables.pdf",
]


def ending(path):
    """'a/b.html.gz' => 'html.gz'."""
    return os.path.basename(path).split(".", 1)[1]


class Corpus:
    """The folder, and how many files each part put there."""

    def __init__(self, folder, seed):
        self.folder = os.fsencode(folder)
        self.random = random.Random(seed)
        self.bases = [(path, (ROOT / path).read_bytes()) for path in BASES
                      if (ROOT / path).exists()]
        os.makedirs(self.folder, exist_ok=True)

    def path(self, name):
        """The path of 'folder/name', whose folder is made."""
        if isinstance(name, str):
            name = name.encode("utf-8", "surrogateescape")
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def put(self, name, content):
        """A file of bytes or text."""
        if isinstance(content, str):
            content = content.encode("utf-8", "surrogatepass")
        with open(self.path(name), "wb") as file:
            file.write(content)

    def sparse(self, name, start, length):
        """A file with `start` and then zeros, which take no room on disk."""
        self.put(name, start)
        os.truncate(self.path(name), length)


# ---- Containers -------------------------------------------------------------


def zipped(parts, stored=()):
    """The bytes of an archive of (name, content) pairs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name)  # Of 1980: the same every time.
            info.compress_type = (zipfile.ZIP_STORED if name in stored
                                  else zipfile.ZIP_DEFLATED)
            archive.writestr(info, content)
    return out.getvalue()


def raw_zip(members):
    """An archive from (name bytes, method, packed bytes, claimed length,
    attributes), nothing of it checked. The sum is right for what is stored."""
    body, table = b"", b""
    for name, method, packed, length, attributes in members:
        checksum = 0 if method else zlib.crc32(packed)
        head = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, checksum,
                           len(packed), length & 0xFFFFFFFF, len(name), 0)
        table += (b"PK\1\2" + struct.pack("<H", 0x314) + head +
                  struct.pack("<HHHII", 0, 0, 0, attributes, len(body)) + name)
        body += b"PK\3\4" + head + name + packed
    return (body + table + b"PK\5\6" +
            struct.pack("<HHHHIIH", 0, 0, len(members) & 0xFFFF,
                        len(members) & 0xFFFF, len(table), len(body), 0))


def deflated_bomb(piece, times, wrap=-15):
    """`piece` that many times, as deflate packs it: the packed piece is
    repeated, so that nothing large is ever made here."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(b"")
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    return packed * times + packer.flush()


def zlib_bomb(piece, times):
    """The same with zlib's head, as PDF has it; the sum at the end is wrong."""
    return b"\x78\xDA" + deflated_bomb(piece, times) + bytes(4)


def gzip_bomb(piece, times):
    """The same as gzip."""
    return (b"\x1F\x8B\x08\0\0\0\0\0\0\x03" + deflated_bomb(piece, times) +
            struct.pack("<II", 0, len(piece) * times & 0xFFFFFFFF))


def pdf(objects, trailer=b"/Root 1 0 R"):
    """A PDF file of {number: body}; streams are bodies that say so."""
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, count = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    return out + (b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" %
                  (count, trailer, start))


def stream(content, extra=b""):
    """A stream object."""
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (
        len(content), extra, content)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
LINE = b"BT /F 12 Tf 72 700 Td (A line of the community.) Tj ET\n"


def page_pdf(content, page=b"", **more):
    """A PDF with one page that shows `content`, a stream object."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R %s>>" % more.get("root", b""),
               2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
                  b"/Resources<</Font<</F 4 0 R>>%s>>/Contents 5 0 R %s>>" % (
                      more.get("resources", b""), page),
               4: more.get("font", FONT), 5: content}
    objects.update(more.get("objects", {}))
    return pdf(objects)


TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org'
         '/package/2006/content-types"><Override PartName="/word/document.xml"'
         ' ContentType="application/vnd.openxmlformats-officedocument.'
         'wordprocessingml.document.main+xml"/></Types>')
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
       'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"')
RELS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006'
        '/relationships"><Relationship Id="r" Type="http://schemas.openxmlforma'
        'ts.org/officeDocument/2006/relationships/officeDocument" Target='
        '"word/document.xml"/></Relationships>')


def docx(body, before="", more=()):
    """A DOCX with that body; `before` stands before its root element."""
    document = (f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>'
                f'{body}</w:body></w:document>')
    return zipped([("[Content_Types].xml", TYPES), ("_rels/.rels", RELS),
                   ("word/document.xml", document), *more])


def odt(body, before="", styles=""):
    """An ODT with that text."""
    content = (f'<?xml version="1.0"?>{before}<office:document-content {ODF}>'
               f'<office:automatic-styles>{styles}</office:automatic-styles>'
               f'<office:body><office:text>{body}</office:text></office:body>'
               '</office:document-content>')
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"),
                   ("content.xml", content)], stored=["mimetype"])


def epub(spine, chapters, before=""):
    """An EPUB: the ids of its spine, and {id: chapter}."""
    items = "".join(f'<item id="{i}" href="{i}.xhtml" media-type='
                    '"application/xhtml+xml"/>' for i in chapters)
    refs = "".join(f'<itemref idref="{i}"/>' for i in spine)
    package = (f'<?xml version="1.0"?>{before}<package xmlns="http://www.idpf.'
               f'org/2007/opf"><manifest>{items}</manifest><spine>{refs}'
               '</spine></package>')
    container = ('<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
                 'container"><rootfiles><rootfile full-path="b.opf" media-type='
                 '"application/oebps-package+xml"/></rootfiles></container>')
    return zipped([("mimetype", "application/epub+zip"),
                   ("META-INF/container.xml", container), ("b.opf", package),
                   *((f"{i}.xhtml", text) for i, text in chapters.items())],
                  stored=["mimetype"])


def paragraph(text):
    """A paragraph of a DOCX."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


# ---- Damage -----------------------------------------------------------------


def flip(chance, content, rate):
    """Bits flipped, one in 1/rate bytes and at least one."""
    out = bytearray(content)
    for _ in range(max(1, int(len(out) * rate))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def overwrite(chance, content, what):
    """Up to 64 bytes overwritten at three places."""
    out = bytearray(content)
    for _ in range(3):
        at = chance.randrange(len(out))
        piece = (bytes(64) if what == "zeros" else b"\xFF" * 64
                 if what == "ones" else chance.randbytes(64))
        out[at:at + 64] = piece
    return bytes(out)


def shuffle(chance, content):
    """Blocks of 512 bytes in another order, but for the first."""
    blocks = [content[i:i + 512] for i in range(512, len(content), 512)]
    chance.shuffle(blocks)
    return content[:512] + b"".join(blocks)


def grow_numbers(chance, content):
    """Digits become others: lengths, counts and offsets that are not so."""
    digits = [i for i, byte in enumerate(content) if 48 <= byte <= 57]
    out = bytearray(content)
    for at in chance.sample(digits, min(len(digits), 20)):
        out[at] = chance.choice(b"0123456789-")
    return bytes(out)


def repack(chance, content, damage):
    """A ZIP one part of which, likely a large one of text, is damaged before
    it is packed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(info.filename, archive.read(info))
                 for info in archive.infolist()]
    sizes = [1 + len(part) * (100 if name.endswith("ml") else 1)
             for name, part in parts]
    which = chance.choices(range(len(parts)), weights=sizes)[0]
    parts[which] = (parts[which][0], damage(chance, parts[which][1]))
    return zipped(parts)


def splice(chance, content, other):
    """The beginning of one file and the end of another."""
    cut = chance.randrange(len(content))
    return content[:cut] + other[chance.randrange(len(other)):]


def mutant(corpus, content):
    """One damage, or a few, by chance."""
    chance = corpus.random
    for _ in range(chance.choice([1, 1, 2, 4])):
        if not content:
            break
        damages = [
            lambda c: flip(chance, c, 1e-4), lambda c: flip(chance, c, .003),
            lambda c: flip(chance, c, .05), lambda c: shuffle(chance, c),
            lambda c: overwrite(chance, c, chance.choice(["zeros", "ones"])),
            lambda c: overwrite(chance, c, "noise"),
            lambda c: grow_numbers(chance, c), lambda c: grow_numbers(chance, c),
            lambda c: c[:chance.randrange(len(c))],
            lambda c: c[chance.randrange(len(c)):],
            lambda c: splice(chance, c, chance.choice(corpus.bases)[1]),
        ]
        if content[:4] == b"PK\3\4":
            try:
                return repack(chance, content,
                              lambda _, part: mutant(corpus, part))
            except (zipfile.BadZipFile, ValueError, zlib.error,
                    NotImplementedError, RuntimeError):
                pass
        content = chance.choice(damages)(content)
    return content


def put_damaged(corpus):
    """Cut short, bits flipped, blocks lost, of every kind."""
    chance = corpus.random
    for path, content in corpus.bases:
        name, size = ending(path), len(content)
        name = f"{os.path.basename(path).split('.')[0]}"
        end = ending(path)
        for part in (.01, .4, .8, .99):
            corpus.put(f"cut/{name}-{part}.{end}", content[:int(size * part)])
        corpus.put(f"cut/{name}-head.{end}", content[size // 3:])
        for rate in (1e-9, 1e-3, .02):
            corpus.put(f"flipped/{name}-{rate}.{end}",
                       flip(chance, content, rate))
        for what in ("zeros", "ones", "noise"):
            corpus.put(f"overwritten/{name}-{what}.{end}",
                       overwrite(chance, content, what))
        corpus.put(f"shuffled/{name}.{end}", shuffle(chance, content))
        corpus.put(f"numbers/{name}.{end}", grow_numbers(chance, content))
        corpus.put(f"twice/{name}.{end}", content + content)
        if content[:4] == b"PK\3\4":
            for rate in (1e-3, .02):
                corpus.put(f"inside/{name}-{rate}.{end}", repack(
                    chance, content, lambda c, part, r=rate: flip(c, part, r)
                    if part else part))
    for i in range(20):
        (one, content), (_, other) = (chance.choice(corpus.bases)
                                      for _ in range(2))
        corpus.put(f"spliced/{i}.{ending(one)}", splice(chance, content, other))


def put_wrong_names(corpus):
    """Every kind under the name of others; and without content."""
    endings = ["html", "txt", "md", "pdf", "docx", "odt", "pptx", "odp", "rtf",
               "epub", "jsonl", "zip", "gz", "xml", "doc", "png"]
    for i, (path, content) in enumerate(corpus.bases):
        for end in (endings[(i * 5 + k) % len(endings)] for k in range(5)):
            corpus.put(f"misnamed/{ending(path)}-{i}.{end}", content)
    for end in endings:
        corpus.put(f"nothing/empty.{end}", b"")
        corpus.put(f"nothing/zeros.{end}", bytes(5000))
        corpus.put(f"nothing/noise.{end}", corpus.random.randbytes(5000))
        corpus.put(f"nothing/blank.{end}", b" \n\t" * 900)


def put_locked(corpus):
    """What needs a password."""
    for name in ("locked.pdf", "locked.docx", "locked.odt", "password.zip",
                 "drm.epub"):
        content = (ROOT / "tests/formats" / name).read_bytes()
        corpus.put(f"locked/{name}", content)
        corpus.put(f"locked/in-{name}.zip",
                   zipped([("a/" + name, content), ("b.txt", "A page.")]))
        corpus.put(f"locked/cut-{name}", content[:len(content) * 2 // 3])
        corpus.put(f"locked/flipped-{name}",
                   flip(corpus.random, content, 1e-3))
    keys = (b"/Encrypt<</Filter/Standard/V 4/R 4/Length 128/P -1/O(%s)/U(%s)"
            b"/CF<</StdCF<</CFM/AESV2/Length 9999>>>>/StmF/StdCF/StrF/StdCF>>"
            b"/ID[(a)(b)]")
    plain = {1: b"<</Type/Catalog/Pages 2 0 R>>",
             2: b"<</Type/Pages/Kids[]/Count 0>>"}
    corpus.put("locked/keys-none.pdf", pdf(plain, b"/Root 1 0 R " +
                                           keys % (b"", b"")))
    corpus.put("locked/keys-long.pdf", pdf(plain, b"/Root 1 0 R " + keys % (
        b"x" * 70000, b"y" * 70000)))
    corpus.put("locked/handler.pdf", pdf(
        plain, b"/Root 1 0 R/Encrypt<</Filter/Nobody/V 99/R -5>>"))


# ---- Depth and size ---------------------------------------------------------


def put_deep(corpus):
    """Things in things in things."""
    deep = 30000
    for tag in ("div", "b", "font", "ul><li", "table><tr><td", "blockquote",
                "a href=x", "svg", "select", "template", "span><p", "object"):
        corpus.put(f"deep/{tag.split()[0].replace('><', '-')}.html",
                   f"<html><body><p>A page.</p>{('<' + tag + '>') * deep}"
                   "The community below.")
    closed = "<div>" * deep + "Text" + "</div>" * deep
    corpus.put("deep/closed.xhtml", '<?xml version="1.0"?><html xmlns="http://'
               f'www.w3.org/1999/xhtml"><body>{closed}</body></html>')
    corpus.put("deep/smart.docx", docx(
        "<w:sdt><w:sdtContent>" * deep + paragraph("Deep.") +
        "</w:sdtContent></w:sdt>" * deep))
    corpus.put("deep/tables.docx", docx(
        "<w:tbl><w:tr><w:tc>" * 3000 + paragraph("Deep.") +
        "</w:tc></w:tr></w:tbl>" * 3000))
    corpus.put("deep/lists.odt", odt(
        "<text:list><text:list-item>" * 5000 + "<text:p>Deep.</text:p>" +
        "</text:list-item></text:list>" * 5000))
    corpus.put("deep/spans.odt", odt(
        "<text:p>" + "<text:span>" * deep + "Deep." + "</text:span>" * deep +
        "</text:p>"))
    corpus.put("deep/book.epub", epub(["c"], {"c": "<html><body>" + closed}))
    corpus.put("deep/groups.rtf", r"{\rtf1 " + "{" * 200000 + "Deep.")
    corpus.put("deep/closed.rtf", r"{\rtf1 Text" + "}" * 200000)
    corpus.put("deep/fields.rtf", r"{\rtf1 " + r"{\field{\fldrslt " * 40000)
    corpus.put("deep/tables.rtf", r"{\rtf1 " +
               r"\trowd\itap9999\nestcell\nestrow " * 20000)
    corpus.put("deep/quotes.md", "> " * deep + "Deep.\n")
    corpus.put("deep/lists.md", "".join(
        " " * (2 * i) + "- Item\n" for i in range(1500)))
    corpus.put("deep/brackets.md", "[" * deep + "Deep" + "](x)" * deep)
    corpus.put("deep/emphasis.md", "*a **b " * deep)
    corpus.put("deep/ticks.md", "".join("`" * i + " " for i in range(600)))
    for kind, opened, closed in (("lists", "[", "]"), ("keys", '{"a":', "}")):
        corpus.put(f"deep/{kind}.jsonl",
                   '{"id":"a","text":' + opened * deep + closed * deep + "}\n"
                   '{"id":"b","text":"A good line."}\n')
    put_deep_pdf(corpus, deep)
    inner = b"The innermost page."
    for i in range(12):
        inner = zipped([(f"{i}.zip" if i else "page.txt", inner)])
    corpus.put("deep/archives.zip", inner)
    inner = b"The innermost page."
    for _ in range(12):
        inner = gzip.compress(inner, mtime=0)
    corpus.put("deep/archives.txt.gz", inner)
    corpus.put("deep/" + "d/" * 300 + "page.txt", "A page down there.")


def put_deep_pdf(corpus, deep):
    """The same of PDF: values, trees, forms that show themselves."""
    corpus.put("deep/arrays.pdf", page_pdf(stream(LINE), root=b"/X " +
                                           b"[" * deep + b"]" * deep))
    corpus.put("deep/open.pdf", page_pdf(stream(LINE), root=b"/X " +
                                         b"[<</A" * deep))
    corpus.put("deep/saves.pdf", page_pdf(stream(b"q " * deep + LINE)))
    corpus.put("deep/content.pdf", page_pdf(stream(b"[" * deep + LINE)))
    form = stream(LINE + b"/X Do /Y Do", b"/Type/XObject/Subtype/Form/Resources"
                  b"<</XObject<</X 6 0 R/Y 7 0 R>>/Font<</F 4 0 R>>>>")
    corpus.put("deep/forms.pdf", page_pdf(
        stream(b"/X Do /Y Do"), resources=b"/XObject<</X 6 0 R/Y 7 0 R>>",
        objects={6: form, 7: form}))
    tree = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    for i in range(2, 3000):
        tree[i] = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (i + 1)
    tree[3000] = b"<</Type/Page/MediaBox[0 0 9 9]>>"
    corpus.put("deep/pages.pdf", pdf(tree))
    corpus.put("deep/pages-loop.pdf", pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 9999>>",
        3: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 99/Parent 3 0 R>>"}))
    corpus.put("deep/length-loop.pdf", page_pdf(
        b"<</Length 5 0 R>>\nstream\n" + LINE + b"endstream"))
    corpus.put("deep/outline-loop.pdf", page_pdf(
        stream(LINE), root=b"/Outlines 6 0 R", objects={
            6: b"<</First 7 0 R/Last 7 0 R/Count 1>>",
            7: b"<</Title(A)/Parent 6 0 R/Next 7 0 R/First 6 0 R>>"}))
    good = page_pdf(stream(LINE))
    start = good.rindex(b"xref\n0")
    corpus.put("deep/xref-loop.pdf", good.replace(
        b"/Root", b"/Prev %d/Root" % start))


def put_huge(corpus):
    """More of one thing than anybody has."""
    many = 100000
    for end in ("txt", "html", "pdf", "docx", "bin"):
        start = {"pdf": b"%PDF-1.7\n", "docx": b"PK\3\4"}.get(end, b"A page.\n")
        corpus.sparse(f"huge/5-gigabytes.{end}", start, 5 << 30)
    corpus.sparse("huge/zeros.jsonl", b'{"id":"a","text":"A line."}\n', 40 << 20)
    corpus.put("huge/line.jsonl", '{"id":"a","text":"A line."}\n{"id":"b","text'
               '":"' + "word " * (7 << 20) + '"}\n')
    corpus.put("huge/word.txt", "a" * (4 << 20))
    corpus.put("huge/words.txt", "community " * (200 << 10))
    corpus.put("huge/lines.txt", "\n" * (4 << 20))
    corpus.put("huge/page-feeds.txt", "\f" * (1 << 20))
    corpus.put("huge/marks.txt", "a" + "\u0301" * (200 << 10))
    corpus.put("huge/mixed-marks.txt", "a" + "\u0301\u0323\u0345" * (50 << 10))
    corpus.put("huge/joiners.txt", "a\u200d" * (100 << 10))
    corpus.put("huge/ligatures.txt", "\ufdfa" * (200 << 10))
    corpus.put("huge/elisions.txt", "l'" * (500 << 10) + "acord")
    corpus.put("huge/hyphens.txt", "a-" * (500 << 10))
    corpus.put("huge/digits.txt", "1,2." * (250 << 10))
    corpus.put("huge/tags.html", "<p>A" * many)
    corpus.put("huge/open-tags.html", "<i><b><a href=x>" * 20000 + "<p>A" * 500)
    corpus.put("huge/breaks.html", "<body>" + "A<br>" * many)
    corpus.put("huge/cells.html", "<table>" + "<td>A" * many)
    corpus.put("huge/spans.html", "<table><tr><td colspan=1000000000 rowspan="
               "1000000000>A</td></tr></table>")
    corpus.put("huge/attribute.html", f"<p title='{'x' * (4 << 20)}'>A page.")
    corpus.put("huge/attributes.html", "<p " + "".join(
        f"a{i}=1 " for i in range(20000)) + ">A page.")
    corpus.put("huge/comments.html", "<!--" * many + "A page.")
    corpus.put("huge/references.html", "<p>" + "&amp;&#x41;&nosuch;" * many)
    corpus.put("huge/ids.html", "".join(
        f"<p id=i{i}>A</p>" for i in range(30000)))
    corpus.put("huge/links.html", "<ul>" + "<li><a href=x.pdf>Paper</a>" * 30000)
    corpus.put("huge/title.html", f"<title>{'A title ' * many}</title><p>A page.")
    corpus.put("huge/script.html", "<script>" + "if(a<b)" * many)
    corpus.put("huge/headings.html", "<h1>A heading</h1>" * 30000)
    corpus.put("huge/words.rtf", r"{\rtf1 " + r"\b word\b0\par " * many)
    corpus.put("huge/binary.rtf", r"{\rtf1 A page.\bin2147483647 x\par B}")
    corpus.put("huge/numbers.rtf", r"{\rtf1\uc999999999 \u99999999999 A\fs-1"
               r"\li2147483648\ls4294967296\par B}")
    corpus.put("huge/fonts.rtf", r"{\rtf1{\fonttbl" + "".join(
        r"{\f%d\fcharset238 Font;}" % i for i in range(20000)) + "}A page.}")
    corpus.put("huge/headings.md", "# A heading\n" * 30000)
    corpus.put("huge/table.md", "|a" * 20000 + "|\n" + "|-" * 20000 + "|\n")
    corpus.put("huge/lines.jsonl", "".join(
        f'{{"id":"{i}"}}\n' for i in range(20000)))
    corpus.put("huge/id.jsonl", '{"id":"' + "i" * MEGABYTE + '","text":"A."}\n')
    corpus.put("huge/fields.jsonl", '{"id":"a","text":"A text.","title":"' +
               "t" * MEGABYTE + '","url":"' + "u" * MEGABYTE + '","place":"' +
               "p" * MEGABYTE + '"}\n')
    put_huge_office(corpus, many)
    put_huge_pdf(corpus, many)


def put_huge_office(corpus, many):
    """The same of office documents and books."""
    corpus.put("huge/runs.docx", docx(
        "<w:p>" + "<w:r><w:t>a </w:t></w:r>" * many + "</w:p>"))
    corpus.put("huge/span.docx", docx(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr>' +
        paragraph("Wide.") + "</w:tc></w:tr></w:tbl>"))
    corpus.put("huge/spaces.odt", odt(
        '<text:p>A<text:s text:c="2147483647"/>page.</text:p>'))
    corpus.put("huge/repeated.odt", odt(
        '<table:table><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="1048576"><text:p>A'
        '</text:p></table:table-cell></table:table-row></table:table>'))
    corpus.put("huge/style-loop.odt", odt(
        '<text:p text:style-name="a">A page.</text:p>', styles="".join(
            f'<style:style style:name="{a}" style:parent-style-name="{b}"/>'
            for a, b in ("ab", "bc", "ca"))))
    styles = (f'<w:styles {WORD}>' + "".join(
        f'<w:style w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"'
        '/></w:style>' for a, b in ("ab", "ba")) + "</w:styles>")
    corpus.put("huge/style-loop.docx", docx(
        '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>A page.</w:t></w:r>'
        '</w:p>', more=[("word/styles.xml", styles)]))
    corpus.put("huge/spine.epub", epub(
        ["c"] * 20000, {"c": "<p>A chapter of the community.</p>" * 20}))
    corpus.put("huge/members.zip", zipped(
        (f"{i}.txt", "A page.") for i in range(12000)))
    corpus.put("huge/parts.docx", docx(paragraph("A page."), more=(
        (f"word/{i}.xml", "<a/>") for i in range(11000))))


def put_huge_pdf(corpus, many):
    """Lengths, counts and sizes that a PDF may claim."""
    corpus.put("huge/text.pdf", page_pdf(stream(zlib.compress(LINE * 3000),
                                                b"/Filter/FlateDecode")))
    corpus.put("huge/letters.pdf", page_pdf(stream(zlib.compress(
        b"BT /F 12 Tf " + b"1 1 Td (a) Tj " * 50000),
        b"/Filter/FlateDecode")))
    corpus.put("huge/count.pdf", pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"}))
    corpus.put("huge/box.pdf", page_pdf(stream(LINE), b"/Rotate 77/UserUnit 1e30"
               ).replace(b"595 842", b"1e38 -1e38"))
    corpus.put("huge/length.pdf", page_pdf(
        b"<</Length 99999999999999999999>>\nstream\n" + LINE + b"endstream"))
    corpus.put("huge/matrix.pdf", page_pdf(stream(
        b"1e30 0 0 1e30 1e30 1e30 cm BT 1e30 0 0 1e-30 0 0 Tm /F 1e30 Tf"
        b" (A page.) Tj 0 0 0 0 0 0 Tm (B) Tj ET")))
    corpus.put("huge/size.pdf", page_pdf(stream(LINE)).replace(
        b"/Size 6", b"/Size 2147483647").replace(b"xref\n0 6",
                                                 b"xref\n0 2147483647"))
    corpus.put("huge/cmap.pdf", page_pdf(
        stream(LINE), font=FONT[:-2] + b"/ToUnicode 6 0 R>>", objects={
            6: stream(b"1 begincodespacerange <00000000> <FFFFFFFF>"
                      b" endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF>"
                      b" <0041> endbfrange")}))
    corpus.put("huge/widths.pdf", page_pdf(
        stream(LINE), font=FONT[:-2] + b"/FirstChar -2147483648/LastChar"
        b" 2147483647/Widths[1 2 3]>>"))
    corpus.put("huge/image.pdf", page_pdf(
        stream(LINE + b"/I Do"), resources=b"/XObject<</I 6 0 R>>", objects={
            6: stream(b"x", b"/Subtype/Image/Width 2000000000/Height 2000000000"
                      b"/BitsPerComponent 8/ColorSpace/DeviceRGB")}))
    corpus.put("huge/objects.pdf", pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: stream(b"1 0 2 9 " * 999, b"/Type/ObjStm/N 2147483647/First 9"
                  b"/Extends 3 0 R")}))
    corpus.put("huge/names.pdf", page_pdf(stream(b"/" + b"n" * MEGABYTE +
                                                 b" 1 Tf " + LINE)))


# ---- Bombs ------------------------------------------------------------------

LAUGHS = ('<!DOCTYPE r [<!ENTITY a0 "laughing ">' + "".join(
    f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)) + "]>")
QUADRATIC = f'<!DOCTYPE r [<!ENTITY q "{"laugh " * 20000}">]>'
OUTSIDE = ('<!DOCTYPE r [<!ENTITY q SYSTEM "file:///etc/passwd"><!ENTITY % p '
           'SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>')
LOOP = '<!DOCTYPE r [<!ENTITY q "&p;"><!ENTITY p "&q;">]>'


def put_entities(corpus):
    """Entities that grow, that loop, and that ask for what is elsewhere."""
    for name, before, text in (
            ("laughs", LAUGHS, "&a11;"), ("quadratic", QUADRATIC, "&q;" * 20000),
            ("outside", OUTSIDE, "&q;"), ("loop", LOOP, "&q;")):
        page = ('<html xmlns="http://www.w3.org/1999/xhtml"><body><p>A page. '
                f'{text}</p></body></html>')
        for end in ("html", "xhtml", "xml"):
            corpus.put(f"entities/{name}.{end}",
                       '<?xml version="1.0"?>' + before + page)
        corpus.put(f"entities/{name}.docx", docx(paragraph(text), before))
        corpus.put(f"entities/{name}.odt",
                   odt(f"<text:p>{text}</text:p>", before))
        corpus.put(f"entities/{name}.epub", epub(
            ["c"], {"c": '<?xml version="1.0"?>' + before + page}, before))
    corpus.put("entities/include.xhtml", '<?xml version="1.0"?><html xmlns="http'
               '://www.w3.org/1999/xhtml" xmlns:x="http://www.w3.org/2001/'
               'XInclude"><body><x:include href="/etc/passwd" parse="text"/>'
               '<p>A page.</p></body></html>')


def put_bombs(corpus):
    """Little that unpacks to much."""
    zeros, words = bytes(MEGABYTE), b"bomb " * (MEGABYTE // 5)
    for name, piece in (("zeros", zeros), ("words", words)):
        corpus.put(f"bombs/{name}.txt.gz", gzip_bomb(piece, 2000))
        corpus.put(f"bombs/{name}.zip", raw_zip(
            [(b"page.txt", 8, deflated_bomb(piece, 2000), 2000 << 20, 0)]))
    corpus.put("bombs/zeros.pdf", page_pdf(stream(
        zlib_bomb(zeros, 2000), b"/Filter/FlateDecode")))
    corpus.put("bombs/twice.txt.gz", gzip.compress(gzip_bomb(zeros, 2000),
                                                   mtime=0))
    corpus.put("bombs/line.pdf", page_pdf(stream(
        zlib_bomb(LINE * 1000, 2000), b"/Filter/FlateDecode")))
    twice = zlib.compress(zlib_bomb(zeros, 50), 9)
    corpus.put("bombs/filters.pdf", page_pdf(stream(
        twice, b"/Filter[/FlateDecode/FlateDecode]")))
    corpus.put("bombs/same-filter.pdf", page_pdf(stream(
        twice, b"/Filter[" + b"/FlateDecode" * 5000 + b"]")))
    corpus.put("bombs/objects.pdf", pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[]/Count 0>>",
        3: stream(zlib_bomb(zeros, 2000), b"/Type/ObjStm/N 9/First 99"
                  b"/Filter/FlateDecode")}, b"/Root 1 0 R/Info 3 0 R"))
    corpus.put("bombs/run-length.pdf", page_pdf(stream(
        b"\x81a" * 200000, b"/Filter/RunLengthDecode")))
    corpus.put("bombs/predictor.pdf", page_pdf(stream(
        zlib.compress(LINE), b"/Filter/FlateDecode/DecodeParms<</Predictor 15"
        b"/Colors 2147483647/BitsPerComponent 2147483647/Columns 2147483647"
        b">>")))
    whole = deflated_bomb(b"<w:p><w:r><w:t>bomb</w:t></w:r></w:p>" * 1000, 20000)
    corpus.put("bombs/part.docx", raw_zip([
        (b"[Content_Types].xml", 0, TYPES.encode(), len(TYPES), 0),
        (b"word/document.xml", 8, whole, 700 << 20, 0)]))
    corpus.put("bombs/part.odt", raw_zip([
        (b"mimetype", 0, b"application/vnd.oasis.opendocument.text", 39, 0),
        (b"content.xml", 8, whole, 700 << 20, 0)]))
    many = zipped((f"{i}.txt", bytes(MEGABYTE)) for i in range(10))
    for _ in range(3):
        many = zipped((f"{i}.zip", many) for i in range(10))
    corpus.put("bombs/nested.zip", many)
    # Each member's packed bytes hold the next ones: nothing is read twice
    # until it is unpacked.
    kernel = deflated_bomb(b"bomb " * 20000, 10)
    body = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0,
                                   len(kernel), 1000000, 5, 0) + b"a.txt" + kernel
    table = b"".join(b"PK\1\2" + struct.pack(
        "<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 33, 0, len(kernel), 1000000, 5, 0,
        0, 0, 0, 0, 0) + b"a.txt" for _ in range(20000))
    corpus.put("bombs/overlap.zip", body + table + b"PK\5\6" + struct.pack(
        "<HHHHIIH", 0, 0, 20000, 20000, len(table), len(body), 0))
    put_entities(corpus)


# ---- Archives and names -----------------------------------------------------


def put_archives(corpus):
    """Members that lead elsewhere, that are no files, that lie about
    themselves."""
    page = b"A page of the community."
    link = (stat.S_IFLNK | 0o777) << 16
    tricks = {
        "up": b"../../../../tmp/kalauz-hostile.txt", "root": b"/etc/kalauz.txt",
        "drive": b"C:\\kalauz.txt", "back": b"..\\..\\kalauz.txt",
        "inner": b"a/../../kalauz.txt", "zero": b"a\0b.txt", "none": b"",
        "dot": b".", "dots": b"..", "slash": b"a/", "latin": b"caf\xE9.txt",
        "bad": b"\xFF\xFE\xC0\x80.txt", "escape": b"\x1b[2J\r\n.txt",
        "long": b"n" * 60000 + b".txt", "deep": b"d/" * 30000 + b"p.txt",
        "device": b"/dev/zero", "stream": b"page.txt:x", "format": b"%n%s%s.txt"}
    for name, member in tricks.items():
        corpus.put(f"archives/{name}.zip", raw_zip(
            [(member, 0, page, len(page), 0),
             (b"good.txt", 0, page, len(page), 0)]))
    corpus.put("archives/links.zip", raw_zip([
        (b"a.txt", 0, b"/etc/passwd", 11, link),
        (b"b.txt", 0, b"b.txt", 5, link),
        (b"pipe.txt", 0, b"", 0, (stat.S_IFIFO | 0o666) << 16),
        (b"zero.txt", 0, page, len(page), (stat.S_IFCHR | 0o666) << 16)]))
    corpus.put("archives/same.zip", raw_zip(
        [(b"page.txt", 0, page, len(page), 0)] * 50))
    for name, method, claimed in (("longer", 0, 1 << 30), ("shorter", 0, 3),
                                  ("negative", 0, -1), ("method", 99, 24),
                                  ("not-packed", 8, 24), ("lzma", 14, 24),
                                  ("bzip2", 12, 24), ("zstd", 93, 24)):
        corpus.put(f"archives/{name}.zip", raw_zip(
            [(b"page.txt", method, page, claimed, 0)]))
    corpus.put("archives/only-table.zip", b"PK\5\6" + bytes(18))
    corpus.put("archives/table-lies.zip", b"PK\5\6" + b"\xFF" * 18)
    corpus.put("archives/before.zip", b"MZ\0\0" * 200 + zipped(
        [("page.txt", page)]))
    corpus.put("archives/behind.zip", zipped([("page.txt", page)]) +
               b"\0" * 70000)
    corpus.put("archives/members.gz", gzip.compress(page, mtime=0) * 3 + b"junk")
    corpus.put("archives/name.html.gz", b"\x1F\x8B\x08\x08\0\0\0\0\0\x03" +
               b"x" * 100000 + b"\0" + gzip.compress(page, mtime=0)[10:])
    corpus.put("archives/flags.txt.gz", b"\x1F\x8B\x08\xFF" + bytes(100))
    corpus.put("archives/no-document.docx", zipped(
        [("[Content_Types].xml", TYPES)]))
    corpus.put("archives/self.docx", docx(paragraph("A page."), more=[
        ("word/_rels/document.xml.rels", RELS.replace(
            "word/document.xml", "../../../word/document.xml"))]))
    corpus.put("archives/no-spine.epub", epub(["x", "y"], {}))
    corpus.put("archives/types.docx", zipped(
        [("[Content_Types].xml", "<" * 1000), ("word/document.xml", "&&&")]))
    corpus.put("archives/kind.odt", zipped(
        [("mimetype", "a" * MEGABYTE), ("content.xml", "<a>")]))


def put_names(corpus):
    """Names of files that are no words."""
    page = "A page of the community."
    for name in (b"caf\xE9.txt", b"\xFF\xFE\xFD.txt", b"\xC0\x80.txt",
                 b"\xED\xA0\x80.txt", b"two\nlines.txt", b"tab\t.txt",
                 b"cr\r.txt", b"\x1b[31mred.txt", b"\x07bell.txt", b" .txt",
                 b"-rf.txt", b"--json.txt", b"*.txt", b"?.txt", b"a'b\"c.txt",
                 b"$(id).txt", b"`id`.txt", b"%s%n%d.txt", b"back\\slash.txt",
                 b"colon:.txt", b"hash#id.txt", b"query?x=1.txt", b"a%00b.txt",
                 b"&lt;.txt", b"x" * 251 + b".txt", "á".encode() * 125 + b".txt",
                 "e\u0301.txt".encode(), "\u00e9.txt".encode(),
                 "\u202egpj.txt".encode(), "\u200b.txt".encode(),
                 "\U0001F4A3.txt".encode(), "\ufeff.txt".encode(),
                 b"...txt", b"noending", b"CON.txt", b"UPPER.TXT", b"a.PDF",
                 b"page.html.html.html", b"~page.txt~", b"#page#"):
        try:
            corpus.put(b"names/" + name, page)
        except OSError:
            pass  # A file system may want UTF-8.
    corpus.put(b"names/bad\xFFfolder/page.txt", page)
    corpus.put(b"names/line\nfolder/page.txt", page)
    put_beyond(corpus)


def put_beyond(corpus):
    """A file whose path no call takes whole."""
    here = os.open(".", os.O_RDONLY)
    os.chdir(corpus.path("names/x")[:-2])
    for i in range(18):
        name = f"long-{i}-" + "n" * 240
        os.mkdir(name)
        os.chdir(name)
    with open("page.txt", "w", encoding="ascii") as file:
        file.write("A page of the community.")
    os.fchdir(here)
    os.close(here)


def put_specials(corpus):
    """What is in a folder and is no file; a folder that says strange things
    of itself."""
    os.mkfifo(corpus.path("special/pipe.txt"))
    os.mkfifo(corpus.path("special/pipe.pdf"))
    os.symlink("loop-b.txt", corpus.path("special/loop-a.txt"))
    os.symlink("loop-a.txt", corpus.path("special/loop-b.txt"))
    os.symlink("self.txt", corpus.path("special/self.txt"))
    os.symlink("nowhere.txt", corpus.path("special/dead.txt"))
    os.symlink("x" * 4000, corpus.path("special/far.txt"))
    os.symlink("..", corpus.path("special/up"))
    os.symlink("/", corpus.path("special/root"))
    for target in ("zero", "random", "full", "null", "tty"):
        os.symlink("/dev/" + target, corpus.path(f"special/{target}.txt"))
    os.symlink("/proc/self/mem", corpus.path("special/memory.txt"))
    os.symlink("/proc/self/environ", corpus.path("special/environment.txt"))
    listening = socket.socket(socket.AF_UNIX)
    try:
        here = os.getcwd()
        os.chdir(corpus.path("special/x")[:-2])
        listening.bind("socket.txt")
        os.chdir(here)
    finally:
        listening.close()
    try:
        os.mknod(corpus.path("special/device.txt"), stat.S_IFCHR | 0o666,
                 os.makedev(1, 5))
    except OSError:
        pass  # Only root may.
    corpus.put("special/unreadable.txt", "A page.")
    os.chmod(corpus.path("special/unreadable.txt"), 0)
    # Settings of a folder are asked for before anything is read.
    os.mkfifo(corpus.path("settings/pipe/kalauz.ini"))
    os.symlink("/dev/zero", corpus.path("settings/zero/kalauz.ini"))
    corpus.path("settings/folder/kalauz.ini/x")
    corpus.sparse("settings/large/kalauz.ini", b"ignore = b.txt\n", 3 << 30)
    corpus.put("settings/line/kalauz.ini", "ignore = " + "x," * MEGABYTE)
    corpus.put("settings/noise/kalauz.ini", corpus.random.randbytes(9000))
    for folder in ("pipe", "zero", "folder", "large", "line", "noise"):
        corpus.put(f"settings/{folder}/page.txt", "A page of the community.")


# ---- Letters and marks ------------------------------------------------------


def put_encodings(corpus):
    """Bytes that are no text in what they say they are."""
    text = "Egy közösség története, în comunitate. " * 30
    samples = {
        "utf16": text.encode("utf-16"), "utf16-odd": text.encode("utf-16")[:-1],
        "utf16-bare": text.encode("utf-16-be"), "utf32": text.encode("utf-32"),
        "utf7": text.encode("utf-7"), "bom": b"\xEF\xBB\xBF",
        "bom16": b"\xFF\xFE", "boms": b"\xEF\xBB\xBF" * 500,
        "surrogates": b"\xFE\xFF" + b"\xD8\x00" * 500,
        "overlong": b"\xC0\x80\xE0\x80\x80\xF0\x80\x80\x80" * 300,
        "beyond": b"\xF4\x90\x80\x80\xF8\x88\x80\x80\x80" * 300,
        "continued": b"\x80" * 3000, "cut-short": b"word \xE2\x82 " * 300,
        "controls": bytes(range(32)) * 50, "c1": bytes(range(128, 160)) * 50,
        "all": bytes(range(256)) * 20, "nul": b"w\0o\0r\0d\0 " * 300,
        "noncharacters": "\uffff\ufffe\U0010ffff \ufdd0 ".encode() * 300,
        "private": "\ue000\uf8ff ".encode() * 300,
        "bidi": "\u202e\u2066\u200f word ".encode() * 300,
        "tags": "\U000E0041\U000E0042 ".encode() * 300,
        "dotted": "İıſẞßŉ ".encode() * 300,
        "hangul": "\u1100\u1161\u11a8 ".encode() * 300,
    }
    for name, content in samples.items():
        corpus.put(f"encodings/{name}.txt", content)
        corpus.put(f"encodings/{name}.html", b"<html><body><p>" + content)
    for name, declared in (("none", "x-no-such"), ("utf16", "utf-16"),
                           ("utf7", "utf-7"), ("empty", ""),
                           ("path", "../../etc/passwd"), ("long", "x" * 99999),
                           ("percent", "%s%n"), ("ebcdic", "IBM037"),
                           ("iso2022", "ISO-2022-JP")):
        corpus.put(f"encodings/says-{name}.html", b"<meta charset='" +
                   declared.encode() + b"'><p>K\xF6z\xF6ss\xE9g a faluban.")
        corpus.put(f"encodings/says-{name}.xhtml",
                   b"<?xml version='1.0' encoding='" + declared.encode() +
                   b"'?><html><body><p>K\xF6z\xF6ss\xE9g</p></body></html>")


def put_malformed(corpus):
    """Mark-up as nobody should write it."""
    pages = {
        "comment": "<p>A page.<!-- never closed", "cdata": "<![CDATA[ A page.",
        "script": "<p>A page.<script>", "style": "<p>A page.<style>p{",
        "textarea": "<p>A page.<textarea>", "plain": "<plaintext><p>A page.",
        "quote": "<p title=\"never closed>A page.", "equals": "<p =a==b= = >A",
        "nul": "<p\0 a\0=\0>A\0 page.</p\0>", "lone": "< <> </> <? <! A page.",
        "references": "<p>&#0;&#x110000;&#99999999999999999999;&#xD800;&#-1;&;"
                      "&#;&#x;&amp", "frames": "<frameset><frame src=a>A page.",
        "crossed": "<b><p><i></b>A</i></p><table><p>B<tr>C<td>D</table></td>",
        "ends": "</html></body></p></table>A page.</div></b>", "xmp": "<xmp>A",
        "doctype": "<!DOCTYPE" + " x" * 9999 + ">A page.", "xml": "<?xml ?>A",
        "base": "<base href='//\0:99999/../..'><a href='%zz'>A page.</a>",
        "select": "<select><option>A<table><tr><td><select>B",
        "math": "<math><mi><p>A<svg><title><div>B</svg></math>",
        "tabs": "<" + "\t" * 9999 + "p>A page.", "case": "<P><tItLe>A</TITLE>B",
        "conditional": "<!--[if IE]><p>A<![endif]--><!--><p>B-->",
        "noscript": "<noscript><p>A<iframe><noframes><noembed>B",
        "lang": "<html lang='" + "x-" * 9999 + "'><p lang=''>A page.",
    }
    for name, page in pages.items():
        corpus.put(f"malformed/{name}.html", page)
    rtf = {
        "minus": r"{\rtf-1\u-\'zz\'a A}", "cut": r"{\rtf1 A\u", "hex": r"{\rtf1 \'",
        "stars": r"{\rtf1 {\*{\*{\*\nosuch A}}} B}", "bin": r"{\rtf1 \bin-5 A}",
        "bytes": "{\\rtf1 \0\xff\x80\r\n}", "uc": r"{\rtf1\uc3\u233 {}{A}B}",
        "surrogate": r"{\rtf1 \u-10179?\u-10179?\u56842?}", "only": r"{\rtf",
        "codes": r"{\rtf1\ansicpg99999\f9\fcharset255 \'80A\cpg-1 B}",
    }
    for name, page in rtf.items():
        corpus.put(f"malformed/{name}.rtf", page)
    lines = {
        "types": '{"id":1,"text":[]}\n{"id":null}\n[]\n3\n"x"\nnull\n{}\n',
        "repeated": '{"id":"a","text":"One."}\n' * 300,
        "escapes": '{"id":"a\\u0000b","text":"\\u0000\\ud800 \\udfff"}\n',
        "bare": '{"id":"a","text":"\x01\x02 raw"}\n', "open": '{"id":"a","text"',
        "numbers": '{"id":"a","text":"A","x":1e999999,"y":' + "9" * 9999 + "}\n",
        "keys": '{"id":"a","id":"b","text":"A","text":"B","lang":"xx-' +
                "y" * 9999 + '","kind":"?","place":""}\n',
        "ends": '\r\n\r{"id":"a","text":"A page."}\r\n\r\n\n\n',
        "empty": '{"id":"","text":""}\n{"id":" ","text":" "}\n',
    }
    for name, page in lines.items():
        corpus.put(f"malformed/{name}.jsonl", page)
    put_malformed_pdf(corpus)


def put_malformed_pdf(corpus):
    """PDF that says one thing and holds another."""
    good = page_pdf(stream(LINE))
    files = {
        "head": b"%PDF-", "version": good.replace(b"1.7", b"9.9"),
        "late": b"\n" * 900 + good, "no-xref": good[:good.index(b"xref")],
        "startxref": good.replace(b"startxref\n", b"startxref\n9999999999"),
        "negative": good.replace(b"startxref\n", b"startxref\n-"),
        "no-root": good.replace(b"/Root 1 0 R", b""),
        "root-self": good.replace(b"/Root 1 0 R", b"/Root 5 0 R"),
        "kids": good.replace(b"Kids[3 0 R]", b"Kids 3 0 R"),
        "kids-text": good.replace(b"Kids[3 0 R]", b"Kids[(a)null 1.5]"),
        "font": good.replace(b"/Type1", b"/Type3"),
        "font-type0": page_pdf(stream(LINE), font=b"<</Type/Font/Subtype/Type0"
                               b"/DescendantFonts[4 0 R]/Encoding 4 0 R>>"),
        "font-type3": page_pdf(stream(LINE), font=b"<</Type/Font/Subtype/Type3"
                               b"/FontMatrix[0 0 0 0 0 0]/FontBBox[0 0 0 0]"
                               b"/CharProcs<</A 5 0 R>>/Encoding<</Differences"
                               b"[65/A]>>/FirstChar 65/LastChar 65/Widths[9]>>"),
        "font-file": page_pdf(stream(LINE), font=FONT[:-2] + b"/FontDescriptor"
                              b"<</FontFile 5 0 R/FontFile2 5 0 R/Flags 4>>>>"),
        "string": page_pdf(stream(b"BT /F 9 Tf (((((\\")),
        "hex": page_pdf(stream(b"BT /F 9 Tf <41 4 zz")),
        "operators": page_pdf(stream(b"Tj TJ ' \" Tf Td Tm ET ET BT BT Do EI ID"
                                     b" BI /W 999999999 /H 999999999 ID x EI")),
        "inline": page_pdf(stream(b"BI /W 9 /H 9 ID " + bytes(99999))),
        "filter": page_pdf(stream(LINE, b"/Filter/NoSuch")),
        "filters": page_pdf(stream(LINE, b"/Filter[/ASCIIHexDecode/ASCII85Decode"
                                   b"/LZWDecode/CCITTFaxDecode/JBIG2Decode"
                                   b"/DCTDecode/JPXDecode]")),
        "lzw": page_pdf(stream(LINE * 20, b"/Filter/LZWDecode")),
        "ascii85": page_pdf(stream(b"zzzz~>", b"/Filter/ASCII85Decode")),
        "contents": good.replace(b"Contents 5 0 R", b"Contents[5 0 R 3 0 R 9 0 R"
                                 b" 5 0 R]"),
        "javascript": page_pdf(stream(LINE), root=b"/OpenAction<</S/JavaScript"
                               b"/JS(while\\(1\\);)>>/AA<</O 1 0 R>>"),
        "launch": page_pdf(stream(LINE), root=b"/OpenAction<</S/Launch/F(/bin/sh"
                           b")>>/Names<</EmbeddedFiles 1 0 R>>"),
        "outside": page_pdf(b"<</Length 0/F(/etc/passwd)/FFilter/FlateDecode>>\n"
                            b"stream\n\nendstream"),
        "layers": page_pdf(stream(b"/OC /X BDC " + LINE), root=b"/OCProperties<<"
                           b"/OCGs[1 0 R]/D<</Order[1 0 R[1 0 R]]>>>>"),
        "structure": page_pdf(stream(LINE), root=b"/MarkInfo<</Marked true>>"
                              b"/StructTreeRoot<</K 1 0 R/ParentTree 1 0 R>>"),
        "hybrid": good + b"<html><body>A page." + good[:300],
        "two": good + good.replace(b"community", b"school"),
    }
    for name, content in files.items():
        corpus.put(f"malformed/{name}.pdf", content)


def make(folder, mutants=0, seed=1):
    """All of it."""
    corpus = Corpus(folder, seed)
    for part in (put_damaged, put_wrong_names, put_locked, put_deep, put_huge,
                 put_bombs, put_archives, put_names, put_specials,
                 put_encodings, put_malformed):
        part(corpus)
    put_mutants(corpus, mutants)


def put_mutants(corpus, count):
    """That many files damaged by chance, of all kinds that there are."""
    more = sorted(path for folder in ("corpus", "tests/formats", "tests/html")
                  for path in (ROOT / folder).rglob("*")
                  if path.is_file() and not path.name.startswith("bomb"))
    corpus.bases += [(path.name, path.read_bytes()) for path in more
                     if "." in path.name and path.stat().st_size > 0]
    for i in range(count):
        path, content = corpus.random.choice(corpus.bases)
        corpus.put(f"mutants/{i // 500}/{i}.{ending(path)}",
                   mutant(corpus, content))


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    make(sys.argv[1], *(int(number) for number in sys.argv[2:]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
