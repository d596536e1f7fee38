"""The ``quizlib`` command."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from quizlib.bank.bank import Bank
from quizlib.bank.counts import counts, coverage
from quizlib.bank.export import as_files, write_files
from quizlib.bank.lint import lint
from quizlib.bank.reader import BUNDLED, banks, load_bank, read_bank
from quizlib.bank.starter import write_starter
from quizlib.errors import ContentError, Fault, QuizError, fault
from quizlib.exam.feasible import blueprint_faults, without_stale
from quizlib.learn.handbook import handbook
from quizlib.measure.document import as_page, as_text
from quizlib.rehearsal.crowd import Plan
from quizlib.rehearsal.crowd import rehearse as send_crowd
from quizlib.rehearsal.report import report
from quizlib.terminal import sit

Chosen = argparse.Namespace
COLUMNS = ("items", "scam", "genuine", "none", "level 1", "level 2", "level 3", "level 4")


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except ContentError as error:
        print(*error.lines(chosen.lang), sep="\n", file=sys.stderr)
        return 1
    except QuizError as error:
        print(error, file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        return 130  # the person left, as shells count it


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="quizlib", description="Question banks, papers and contests.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    lang = argparse.ArgumentParser(add_help=False)
    lang.add_argument(
        "--lang", choices=("vi", "en"), default=os.environ.get("QUIZLIB_LANG", "vi"), help="language to speak"
    )

    command = commands.add_parser("banks", parents=[lang], help="list the bundled banks")
    command.set_defaults(run=list_banks)

    command = commands.add_parser("check", parents=[lang], help="check a bank's folder, or all bundled banks")
    command.add_argument("path", nargs="?", type=Path, help="a folder of bank files")
    command.add_argument("--json", action="store_true", help="print counts and faults as JSON")
    command.add_argument("--strict", action="store_true", help="editorial findings count as faults")
    command.set_defaults(run=check)

    command = commands.add_parser("try", parents=[lang], help="sit a paper in the terminal")
    command.add_argument("bank", help="a bundled bank or a folder")
    command.add_argument("--blueprint", default="", help="one of the bank's blueprints")
    command.add_argument("--seed", default="", help="the same seed gives the same paper")
    command.set_defaults(run=try_bank)

    command = commands.add_parser("new-bank", parents=[lang], help="start a bank in a new folder")
    command.add_argument("folder", type=Path)
    command.set_defaults(run=new_bank)

    command = commands.add_parser(
        "export", parents=[lang], help="write open banks and lessons as JSON and CSV"
    )
    command.add_argument(
        "banks", nargs="*", metavar="BANK", help="bundled or a folder; otherwise all bundled"
    )
    command.add_argument("folder", type=Path, metavar="OUTDIR")
    command.add_argument("--overwrite", action="store_true", help="the folder may have files in it already")
    command.set_defaults(run=export)

    command = commands.add_parser(
        "handbook", parents=[lang], help="make the lessons a booklet to print (needs quizlib[certificates])"
    )
    command.add_argument("out", type=Path, metavar="OUT.pdf")
    command.add_argument("--topics", default="", help="ids of topics, with commas between; otherwise all")
    command.add_argument("--organiser", default="", help="whose name stands on the cover")
    command.add_argument("--site", default="", help="https://..., to print a code to scan beside each lesson")
    command.add_argument("--pocket", action="store_true", help="one sheet that folds into eight small pages")
    command.set_defaults(run=print_handbook)

    command = commands.add_parser(
        "stats", parents=[lang], help="what answers say of questions and of a test (needs quizlib[stats])"
    )
    command.add_argument("file", type=Path, metavar="FILE.csv", help="a row a person, a column a question")
    command.add_argument("--html", type=Path, metavar="OUT.html", help="write it as one page too, with plots")
    command.set_defaults(run=stats)

    command = commands.add_parser(
        "serve", parents=[lang], help="serve contests on the web (needs quizlib[web])"
    )
    command.add_argument("--demo", action="store_true", help="load the demo contest first")
    command.add_argument("--make-key", action="store_true", help="make the instance's secret key, and stop")
    command.set_defaults(run=serve)

    command = commands.add_parser(
        "rehearse", parents=[lang], help="send the crowd you expect to your own server, before the day"
    )
    command.add_argument("url", metavar="URL", help="this machine's, or what `flask contest rehearse` prints")
    command.add_argument("--people", type=int, default=100, help="how many come; otherwise 100")
    command.add_argument("--start-within", type=float, default=60, help="seconds in which all begin")
    command.add_argument("--contest", default="", metavar="CODE", help="where the site has several")
    command.add_argument("--no-pauses", action="store_true", help="nobody thinks before answering")
    command.add_argument("--plain", action="store_true", help="nobody's browser has scripts: more pages")
    command.set_defaults(run=rehearse)
    return top


def list_banks(chosen: Chosen) -> int:
    for name in banks():
        bank = load_bank(name, chosen.lang)
        print(f"{name} {bank.version}  {len(bank.items)}  {bank.title}  ({', '.join(bank.blueprints)})")
    return 0


def check(chosen: Chosen) -> int:
    today = date.today()  # noqa: DTZ011  the editor's own day
    folders = [chosen.path] if chosen.path else [BUNDLED / name for name in banks()]
    reports = [check_folder(folder, today) for folder in folders]
    if chosen.json:
        print(
            json.dumps(
                [report.to_dict(chosen.lang, today) for report in reports], ensure_ascii=False, indent=1
            )
        )
    else:
        for report in reports:
            report.print(chosen.lang, today)
    bad = any(report.faults or (chosen.strict and report.findings) for report in reports)
    return 1 if bad else 0


class Report:
    """What ``check`` found in one folder: faults that refuse it, and findings that an editor should mend."""

    def __init__(
        self, folder: Path, bank: Bank | None, faults: list[Fault], findings: tuple[Fault, ...]
    ) -> None:
        self.folder, self.bank, self.faults, self.findings = folder, bank, faults, findings

    def to_dict(self, lang: str, today: date) -> dict[str, object]:
        return {
            "folder": self.folder.resolve().name,
            "counts": counts(self.bank, today) if self.bank and not self.faults else None,
            "coverage": coverage(self.bank) if self.bank and not self.faults else None,
            "faults": [each.to_dict(lang) for each in self.faults],
            "findings": [each.to_dict(lang) for each in self.findings],
        }

    def print(self, lang: str, today: date) -> None:
        for each in (*self.faults, *self.findings):
            print(each.line(lang))
        if self.bank and not self.faults:
            found = counts(self.bank, today)
            print(f"{self.bank.name} {self.bank.version}")
            for name, numbers in found.items():
                print(f"  {name}: " + ", ".join(f"{key} {number}" for key, number in numbers.items()))
            print("  " + "".join(f"{word:>9}" for word in COLUMNS))
            for code, row in coverage(self.bank).items():
                print("  " + "".join(f"{row.get(column, 0):9}" for column in COLUMNS) + f"  {code}")
        print(f"{self.folder}: {len(self.faults)} faults, {len(self.findings)} findings")


def check_folder(folder: Path, today: date) -> Report:
    bank, faults = read_bank(folder)
    if bank is None or faults:
        return Report(folder, bank, faults, ())
    for blueprint in bank.blueprints.values():
        faults += blueprint_faults(bank, without_stale(bank, blueprint, today), f"{folder}/bank.toml")
    return Report(folder, bank, faults, lint(bank, today))


def try_bank(chosen: Chosen) -> int:
    bank = load_bank(chosen.bank, chosen.lang)
    name, known = chosen.blueprint or next(iter(bank.blueprints), ""), ", ".join(bank.blueprints)
    if name not in bank.blueprints:
        raise ContentError([fault(chosen.bank, "", "blueprint", "unknown-choice", value=name, choices=known)])
    return sit(bank, name, chosen.seed, chosen.lang)


def new_bank(chosen: Chosen) -> int:
    write_starter(chosen.folder)
    print(f"{chosen.folder}: quizlib check {chosen.folder}")
    return 0


def export(chosen: Chosen) -> int:
    files = as_files([load_bank(name) for name in chosen.banks or banks()], chosen.lang)
    write_files(chosen.folder, files, chosen.overwrite)
    print(f"{chosen.folder}: {', '.join(files)}")
    return 0


def print_handbook(chosen: Chosen) -> int:
    topics, site = list(filter(None, chosen.topics.split(","))), chosen.site.rstrip("/")
    today = date.today()  # noqa: DTZ011  the day at the printer's
    book = handbook(chosen.lang, today, chosen.organiser, site, topics, chosen.pocket)
    try:
        from quizlib.press import pdf, require_printable  # an extra, as for serving

        require_printable(chosen.organiser)
        printed = pdf("pocket" if chosen.pocket else "handbook", asdict(book), book.addresses, today)
    except ModuleNotFoundError:
        print(book.words["missing"], file=sys.stderr)
        return 1
    chosen.out.write_bytes(printed)
    return 0


def stats(chosen: Chosen) -> int:
    try:
        from quizlib.measure.report import report  # an extra, as for serving
        from quizlib.measure.responses import Responses
    except ModuleNotFoundError as error:
        print(f"'{error.name}' is missing. Type: pip install 'quizlib[stats]'", file=sys.stderr)
        return 1
    parts = report(Responses.read(chosen.file), chosen.lang)
    print(as_text(parts))
    try:
        if chosen.html:
            chosen.html.write_text(as_page(chosen.file.name, parts, chosen.lang), "utf-8")
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def rehearse(chosen: Chosen) -> int:
    plan = Plan(chosen.people, chosen.start_within, not chosen.no_pauses, not chosen.plain)
    crowd, probe = send_crowd(chosen.url, chosen.contest, plan)
    print("", *report(crowd, probe, plan, chosen.lang), sep="\n")
    return 1 if crowd.errors or crowd.lost else 0


def serve(chosen: Chosen) -> int:
    try:
        from quizlib.web.serve import serve  # the web is an extra: nothing else here may need it
    except ModuleNotFoundError as error:
        print(f"'{error.name}' is missing. Type: pip install 'quizlib[web,certificates]'", file=sys.stderr)
        return 1
    return serve(demo=chosen.demo, make_key=chosen.make_key)
