#!/usr/bin/env python3
"""How the programs behave at a terminal, in a pipe, and under a signal.

Runs them on a pseudo-terminal of a given width and looks at colour, the ends of
lines, the bar of the indexer, and at what a signal or a reader that goes away
leaves behind.
"""

import fcntl
import os
import pathlib
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / os.environ.get("MODE", "release")
INDEX, QUERY = str(BUILD / "kalauz-index"), str(BUILD / "kalauz-query")
ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# What decides about colour and width, so that the tests begin without it.
DECIDING = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"]

passed, failed = 0, 0


def check(name, good, seen=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f"not ok {name}\n    {seen!r}"[:2000])


def environment(**changes):
    env = {key: value for key, value in os.environ.items()
           if key not in DECIDING}
    return {**env, "TERM": "xterm", "LC_ALL": "C.UTF-8", **changes}


# ---- A terminal -------------------------------------------------------------


def read_all(terminal):
    """All that the program writes, until it has closed its side."""
    text = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            part = b""
        if not part:
            return text.decode("utf-8", "replace")
        text += part


def on_terminal(*command, columns=80, **changes):
    """(output, status) of a program whose three streams are a terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ,
                struct.pack("HHHH", 24, columns, 0, 0))
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs,
                             stderr=theirs, env=environment(**changes))
    os.close(theirs)
    text = read_all(ours)
    os.close(ours)
    return text, child.wait()


def in_pipe(*command, **changes):
    return subprocess.run(command, capture_output=True, timeout=60,
                          env=environment(**changes))


def columns_of(line):
    return sum(0 if unicodedata.combining(c) else 1 for c in line)


# ---- Colour -----------------------------------------------------------------


def check_color(index):
    ask = [QUERY, "-n", "1", index, "learning"]

    def has_color(name, wanted, text):
        check(f"colour: {name}", ("\x1b[" in text) == wanted, text)

    has_color("a terminal", True, on_terminal(*ask)[0])
    has_color("a dumb one", False, on_terminal(*ask, TERM="dumb")[0])
    has_color("NO_COLOR", False, on_terminal(*ask, NO_COLOR="1")[0])
    has_color("NO_COLOR, empty", True, on_terminal(*ask, NO_COLOR="")[0])
    has_color("CLICOLOR=0", False, on_terminal(*ask, CLICOLOR="0")[0])
    has_color("CLICOLOR=1", True, on_terminal(*ask, CLICOLOR="1")[0])
    has_color("--color before NO_COLOR", True, on_terminal(
        *ask, "--color", "always", NO_COLOR="1")[0])
    for name, wanted, changes in [
            ("a pipe", False, {}),
            ("a pipe, CLICOLOR=1", False, {"CLICOLOR": "1"}),
            ("a pager, CLICOLOR_FORCE=1", True, {"CLICOLOR_FORCE": "1"}),
            ("CLICOLOR_FORCE=0", False, {"CLICOLOR_FORCE": "0"}),
            ("NO_COLOR before CLICOLOR_FORCE", False,
             {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"})]:
        has_color(name, wanted, in_pipe(*ask, **changes).stdout.decode())


# ---- Width ------------------------------------------------------------------


def prose(text):
    """The lines of passages: titles and sources are not wrapped."""
    lines = ESCAPE.sub("", text).replace("\r", "").split("\n")
    return [line for line in lines
            if line.startswith("    ") and " · " not in line]


def check_width(index):
    ask = [QUERY, "-n", "3", index, "közösségi tanulás"]
    for columns in [20, 33, 80, 200]:
        lines = prose(on_terminal(*ask, columns=columns)[0])
        long = [line for line in lines if columns_of(line) > columns and
                len(line.split()) > 1]
        check(f"width: {columns} columns", lines and not long, long)
    one, _ = on_terminal(*ask, columns=1)
    check("width: one column is as 20",
          one == on_terminal(*ask, columns=20)[0], one)
    lines = prose(in_pipe(*ask, COLUMNS="40").stdout.decode())
    check("width: COLUMNS in a pipe",
          max(map(columns_of, lines)) in range(30, 41), lines)
    for nonsense in ["", "0", "-7", "wide", "99999999999999999999"]:
        text = in_pipe(*ask, COLUMNS=nonsense).stdout
        check(f"width: COLUMNS={nonsense}", text == in_pipe(*ask).stdout)


def check_bar(folder):
    """The bar never takes more than a line, and is gone at the end."""
    for columns in [20, 45, 80]:
        text, _ = on_terminal(INDEX, "--rebuild", f"{folder}/bar",
                              str(ROOT / "corpus" / "stories"),
                              columns=columns)
        bars = [ESCAPE.sub("", part) for part in text.split("\r")
                if re.search(r"\d+/\d+ ", part)]
        long = [bar for bar in bars if columns_of(bar) >= columns]
        check(f"bar: {columns} columns", bars and not long, long or text)
        check(f"bar: {columns} columns, gone", "\r\x1b[K" in text, text)
    quiet = in_pipe(INDEX, "--rebuild", f"{folder}/bar",
                    str(ROOT / "corpus" / "stories"))
    check("bar: none in a pipe", b"\x1b" not in quiet.stderr, quiet.stderr)


# ---- Locales ----------------------------------------------------------------


def check_locales(index):
    """Bytes are the same in every locale, and UTF-8."""
    ask = [QUERY, "--format", "tsv", index, "közösségi tanulás"]
    wanted = in_pipe(*ask).stdout
    for locale in ["C", "POSIX", "hu_HU.ISO-8859-2", "nowhere"]:
        seen = in_pipe(*ask, LC_ALL=locale, LANG=locale)
        check(f"locale: {locale}", seen.stdout == wanted and
              not seen.stderr, seen.stderr)
    latin2 = "közösségi tanulás".encode("iso-8859-2")
    seen = in_pipe(*ask[:-1], latin2, LC_ALL="hu_HU.ISO-8859-2").stdout
    check("locale: a query in ISO-8859-2", seen == wanted, seen[:200])
    for locale in ["C", "hu_HU.nonsense", "hu_HU."]:
        seen = in_pipe(*ask[:-1], latin2, LC_ALL=locale)
        check(f"locale: a query that is not UTF-8, {locale}",
              seen.returncode in (0, 1) and not seen.stderr, seen)
    text, _ = on_terminal(QUERY, index, b"\x1b[31mzzzqqq\x9b\xff")
    check("locale: controls of a query reach no terminal",
          "\x1b[31m" not in text and "\x9b" not in text, text)


# ---- Pipes and signals ------------------------------------------------------


def ended(child):
    """How it ended, and what it said."""
    _, said = child.communicate(timeout=60)
    return child.returncode, said.decode()


def start(*command):
    return subprocess.Popen(command, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env=environment())


def check_pipes(index):
    """A reader who goes away ends the program by SIGPIPE, without a word."""
    queries = ("learning community\n" * 3000).encode()
    with tempfile.NamedTemporaryFile() as file:
        file.write(queries)
        file.flush()
        for words in [["--batch", file.name],
                      ["--batch", file.name, "--json"],
                      ["--batch", file.name, "--format", "trec"]]:
            child = start(QUERY, *words, index)
            child.stdout.readline()
            child.stdout.close()
            child.stdin.close()
            code = child.wait(timeout=60)
            said = child.stderr.read()
            child.stderr.close()
            check(f"pipe: {words[2:]}", code == -signal.SIGPIPE and
                  not said, (code, said))
    dumped = subprocess.run(
        ["sh", "-c", '{ "$0" --dump "$1"; echo $? >&2; } | head -n 1',
         INDEX, str(ROOT / "corpus")], capture_output=True, timeout=60,
        env=environment(), text=True)
    check("pipe: kalauz-index --dump | head -n 1",
          dumped.stderr.strip() == str(128 + signal.SIGPIPE) and
          dumped.stdout.count("\n") == 1, dumped)


def check_query_signals(index):
    child = start(QUERY, "--batch", "-", index)
    child.stdin.write(b"learning\n")
    child.stdin.flush()
    child.stdout.readline()
    child.send_signal(signal.SIGINT)
    code, said = ended(child)
    check("signal: a query ends by SIGINT, quietly",
          code == -signal.SIGINT and not said, (code, said))


def write_pages(folder):
    """Files enough for several commits."""
    pages = folder / "pages"
    pages.mkdir()
    words = [f"word{i}" for i in range(5000)]
    for f in range(25):
        with open(pages / f"{f:02}.jsonl", "w") as file:
            for i in range(600):
                text = " ".join(words[(f * 31 + i * 17 + j * j) % 5000]
                                for j in range(60))
                file.write(f'{{"id": "d{f}-{i}", "lang": "en", '
                           f'"text": "{text}"}}\n')
    return str(pages)


def wait_for(path):
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def totals(index):
    seen = subprocess.run([QUERY, "--format", "tsv", "-n", "50", index,
                           "word1 word77 word4000"], capture_output=True,
                          text=True)
    return seen.stdout


def stop_run(pages, index, number, *options):
    """Stop a run that is at work, the first after a commit; (status, message)."""
    child = start(INDEX, "--progress", "json", "--jobs", "1", "--commit", "2",
                  *options, str(index), pages)
    child.stderr.readline()
    wait_for(index / "kalauz.index")
    child.send_signal(number)
    return ended(child)


def check_uncommitted(pages, index):
    """Stop a run before its first commit."""
    child = start(INDEX, "--progress", "json", "--jobs", "1", str(index), pages)
    child.stderr.readline()
    child.stderr.readline()
    there = (index / "kalauz.index").exists()
    child.send_signal(signal.SIGTERM)
    code, said = ended(child)
    held = re.search(r"holds the (\d+) passages", said)
    check("signal: what was read before it is committed",
          not there and code == -signal.SIGTERM and held and
          int(held[1]) >= 600, (there, code, said))
    check("signal: and is whole", subprocess.run(
        [INDEX, "--check", index]).returncode == 0)
    shutil.rmtree(index)


def check_index_signals(folder):
    pages = write_pages(folder)
    index = folder / "stopped"
    check_uncommitted(pages, index)
    code, said = stop_run(pages, index, signal.SIGINT)
    check("signal: the indexer ends by SIGINT", code == -signal.SIGINT, code)
    match = re.search(r"stopped; .* holds the (\d+) passages of the last "
                      r"commit; run again to go on", said)
    check("signal: and says what is there", bool(match), said)
    held = subprocess.run([QUERY, "--format", "json", "-n", "0", index,
                           "lang:en"], capture_output=True, text=True)
    check("signal: which is true", match and
          f'"total":{match[1]},' in held.stdout.replace(" ", ""),
          (said, held.stdout))
    check("signal: it is whole", subprocess.run(
        [INDEX, "--check", index]).returncode == 0)
    again = stop_run(pages, index, signal.SIGTERM)
    check("signal: SIGTERM alike", again[0] == -signal.SIGTERM, again)
    done = subprocess.run([INDEX, "-q", index, pages])
    subprocess.run([INDEX, "-q", str(folder / "clean"), pages], check=True)
    check("signal: the next run ends as if nothing had been",
          done.returncode == 0 and
          totals(index) == totals(folder / "clean") != "")
    code, said = stop_run(pages, index, signal.SIGINT, "--rebuild")
    check("signal: a rebuild leaves the old index",
          "is as it was before" in said and
          totals(index) == totals(folder / "clean"), said)


def check_ignored_signal(folder):
    """nohup, and the background jobs of a shell, ignore SIGINT."""
    child = subprocess.Popen(
        ["sh", "-c", 'trap "" INT; exec "$0" -q "$1" "$2"', INDEX,
         str(folder / "ignored"), str(ROOT / "corpus")], env=environment())
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    check("signal: what is ignored stays so", child.wait(timeout=120) in (0, 1))


def main():
    # A shell ignores it for its background jobs, and they for theirs.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        index = str(folder / "index")
        subprocess.run([INDEX, "-q", index, str(ROOT / "corpus")],
                       stderr=subprocess.DEVNULL, check=False)
        check_color(index)
        check_width(index)
        check_bar(folder)
        check_locales(index)
        check_pipes(index)
        check_query_signals(index)
        check_index_signals(folder)
        check_ignored_signal(folder)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
