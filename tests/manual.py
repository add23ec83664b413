#!/usr/bin/env python3
"""The manual and the completions know what the programs know.

Every option of --help is in the page, in the completions of bash, zsh and
fish, and the reverse; every function of kalauz.h is in kalauz(3). Pages are
linted with mandoc, completions parsed by their shells; bash and fish are also
asked what they would complete.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / os.environ.get("MODE", "release")
MAN = ROOT / "docs" / "man"
COMPLETIONS = ROOT / "docs" / "completions"
PROGRAMS = ["kalauz-index", "kalauz-query", "kalauz-bench"]

passed, failed = 0, 0


def check(name, faults):
    """Count one test; `faults` is empty if all is well."""
    global passed, failed
    if faults:
        failed += 1
        print(f"not ok {name}")
        for fault in faults:
            print(f"    {fault}")
    else:
        passed += 1


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True,
                          timeout=60, **more)


def differences(known, wanted):
    return [f"{one} is missing" for one in sorted(wanted - known)] + \
        [f"{one} is too much" for one in sorted(known - wanted)]


# ---- What there is ----------------------------------------------------------


def options_of(program):
    """{"-n", "--limit", ...} out of the column of names of --help."""
    lines = run(BUILD / program, "--help").stdout.splitlines()
    found = set()
    for line in lines:
        match = re.match(r"  (?:(-\w), |    )(--[a-z-]+)", line)
        if match:
            found.update(one for one in match.groups() if one)
    return found


def functions_of_header():
    text = (ROOT / "include" / "kalauz.h").read_text()
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return set(re.findall(r"\b(kz_\w+)\(", text))


def options_of_page(page):
    """".It Fl n , \\-limit Ar N" => {"-n", "--limit"}."""
    found = set()
    for line in (MAN / page).read_text().splitlines():
        if line.startswith(".It Fl "):
            words = line[len(".It Fl "):].split(" Ar ")[0].split(" , ")
            found.update("-" + word.replace(r"\-", "-") for word in words)
    return found


# ---- Pages ------------------------------------------------------------------


def check_pages():
    pages = sorted(path.name for path in MAN.iterdir())
    check("pages", differences(set(pages), {
        "kalauz-index.1", "kalauz-query.1", "kalauz-bench.1", "kalauz.3",
        "kalauz-query.7"}))
    for page in pages:
        lint = run("mandoc", "-T", "lint", "-W", "warning", MAN / page)
        check(f"{page}: mandoc", lint.stdout.splitlines())
    for program in PROGRAMS:
        check(f"{program}.1: options", differences(
            options_of_page(f"{program}.1"), options_of(program)))
    synopsis = (MAN / "kalauz.3").read_text().split(".Sh DESCRIPTION")[0]
    check("kalauz.3: functions", differences(
        set(re.findall(r"^\.Fn (\w+)", synopsis, re.M)),
        functions_of_header()))


def check_example():
    """The program in kalauz(3) compiles without a warning."""
    text = (MAN / "kalauz.3").read_text()
    code = text.split(".Bd -literal")[1].split("\n", 1)[1].split(".Ed")[0]
    with tempfile.NamedTemporaryFile("w", suffix=".c") as file:
        file.write(code.replace(r"\e", "\\"))
        file.flush()
        made = run("cc", "-std=c99", "-Wall", "-Wextra", "-Werror",
                   "-fsyntax-only", f"-I{ROOT / 'include'}", file.name)
    check("kalauz.3: example", made.stderr.splitlines())


# ---- Completions ------------------------------------------------------------


def complete_bash(program, *words):
    script = (f'. "{COMPLETIONS / "kalauz.bash"}"; COMP_WORDS=("$@");'
              'COMP_CWORD=$(($# - 1)); _kalauz "$1";'
              "printf '%s\\n' \"${COMPREPLY[@]}\"")
    return set(run("bash", "-c", script, "bash", program,
                   *words).stdout.split())


def complete_fish(program, word):
    """What fish offers for a word: options or values."""
    with tempfile.TemporaryDirectory() as home:
        quiet = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home,
                     XDG_DATA_HOME=home, TERM="dumb")
        result = run("fish", "-c", f"source '{COMPLETIONS}/{program}.fish';"
                     f"complete -C '{program} {word}'", env=quiet)
    return {line.split("\t")[0] for line in result.stdout.splitlines()}


def options_of_zsh(program):
    """Names before a bracket or in braces: '--lang=[only ...]', {-q,--quiet}."""
    text = (COMPLETIONS / "_kalauz").read_text()
    function = text.split(f"_{program.replace('-', '_')}()")[1]
    function = function.split("\n}")[0]
    found = set(re.findall(r"['\")](--?[a-z-]+)=?\[", function))
    for group in re.findall(r"\{(-[^}]*)\}", function):
        found.update(name.rstrip("+=") for name in group.split(","))
    return found


def check_completions():
    files = sorted(COMPLETIONS.iterdir())
    for file in files:
        shell = file.suffix[1:] or "zsh"
        check(f"{file.name}: parses",
              run(shell, "-n", file).stderr.splitlines())
    for program in PROGRAMS:
        wanted = options_of(program)
        check(f"{program}: bash", differences(
            complete_bash(program, "-"), wanted))
        check(f"{program}: zsh", differences(options_of_zsh(program), wanted))
        check(f"{program}: fish", differences(
            complete_fish(program, "-"), wanted))


def check_values():
    query = "kalauz-query"
    formats = {"text", "json", "jsonl", "trec", "tsv"}
    check("bash: a value", differences(
        complete_bash(query, "--format", ""), formats))
    check("bash: a value after =", differences(
        complete_bash(query, "--format", "=", "js"), {"json", "jsonl"}))
    check("bash: a list", differences(
        complete_bash(query, "--lang", "cy,e"), {"cy,en"}))
    check("fish: a value", differences(
        complete_fish(query, "--format "), formats))


def main():
    for tool in ["mandoc", "bash", "zsh", "fish"]:
        if not shutil.which(tool):
            print(f"{tool} is not installed")
            return 1
    check_pages()
    check_example()
    check_completions()
    check_values()
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
