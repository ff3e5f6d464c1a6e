"""`python -m tests.letters [--kind born|scan|photo] [--jobs N] [FOLDER] [WORDS …]`: how well the letters are read.

Per kind and field: values right, missed, doubted, wrong and invented; false passes (a paper that does not ask for this
service and whose `statement.purpose` passes); seconds. FOLDER holds `truth.json` and `made/` (this one otherwise);
WORDS pick papers by their name. A doubted value counts as missed.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from lockdesk.core.findings import Verdict
from lockdesk.core.letter_dates import parse_letter_date
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import RequestFacts
from lockdesk.reader.sealed import SealedReader
from lockdesk.verbs.inspect import findings_on, read_whole

HERE = Path(__file__).parent
KINDS = ("born", "scan", "photo")
INVENTABLE = ("name", "nip", "nik", "email", "phone", "serial", "key_fingerprint", "letter_date")
"""Fields that a letter without them must not get; a position or an office may stand there unasked for."""


@dataclass(frozen=True)
class Outcome:
    """One field of one paper. `how`: "right", "missed", "doubted", "wrong" or "invented"."""

    paper: str
    kind: str
    field: str
    how: str
    read: str = ""
    wanted: str = ""


@dataclass(frozen=True)
class Read:
    """One paper: its outcomes, whether its purpose passed although it must not, and how long it took."""

    paper: str
    kind: str
    outcomes: tuple[Outcome, ...]
    passed: bool
    asks: bool
    seconds: float


def plain(field: str, text: str) -> str:
    """A value by its letters and digits; a telephone number without its country's; a date however it is spelt."""
    written = parse_letter_date(text) if field == "letter_date" else None
    if written is not None:
        return written.isoformat()
    compact = re.sub(r"[^0-9a-z]", "", re.sub(r"^0x", "", text.casefold()))
    return re.sub(r"^(?:62|0)", "", compact) if field == "phone" else compact


def judged(name: str, kind: str, truth: Mapping[str, str], facts: RequestFacts) -> Iterator[Outcome]:
    fields, doubted = asdict(facts.statement.fields), dict(facts.statement.doubted)
    for field, wanted in truth.items():
        read = fields.get(field) or ""
        if plain(field, read) == plain(field, wanted):
            how = "right"
        else:
            how = "wrong" if read else "doubted" if field in doubted else "missed"
        yield Outcome(name, kind, field, how, read or doubted.get(field, ""), wanted)
    for field in INVENTABLE:
        if fields.get(field) and field not in truth and truth:
            yield Outcome(name, kind, field, "invented", fields[field])


def read_one(reader: SealedReader, path: Path, row: Mapping[str, object]) -> Read:
    started = time.perf_counter()
    facts = read_whole(reader, [NamedBytes(path.name, path.read_bytes())])
    seconds = time.perf_counter() - started
    purpose = next((item for item in findings_on(facts) if item.check == "statement.purpose"), None)
    passed = purpose is not None and purpose.verdict is Verdict.PASS
    truth, kind = dict(row["fields"]), str(row["kind"])  # type: ignore[call-overload]
    return Read(path.name, kind, tuple(judged(path.name, kind, truth, facts)), passed, bool(row["asks"]), seconds)


def read_all(folder: Path, names: list[str], jobs: int = 1) -> list[Read]:
    """Reads the papers of `folder`, `jobs` at a time."""
    rows = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    with SealedReader() as reader, ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(lambda name: read_one(reader, folder / "made" / name, rows[name]), names))


def print_results(results: list[Read]) -> None:
    for item in results:
        for outcome in item.outcomes:
            if outcome.how != "right":
                print(f"{outcome.how:9}{outcome.paper:50}{outcome.field:16}{outcome.read!r} for {outcome.wanted!r}")
        if item.passed and not item.asks:
            print(f"FALSE PASS {item.paper}")
        elif item.asks and not item.passed:
            print(f"no pass   {item.paper}")
    for kind in KINDS:
        some = [item for item in results if item.kind == kind]
        if not some:
            continue
        outcomes = [outcome for item in some for outcome in item.outcomes]
        print(f"\n{kind}: {len(some)} papers")
        for field in [*dict.fromkeys(outcome.field for outcome in outcomes), ""]:
            counts = Counter(outcome.how for outcome in outcomes if field in ("", outcome.field))
            present = sum(counts.values()) - counts["invented"]
            share = 100 * counts["right"] / max(present, 1)
            words = "  ".join(f"{how} {counts[how]}" for how in ("missed", "doubted", "wrong", "invented"))
            print(f"  {field or 'all':16} right {counts['right']:3} of {present:3} ({share:5.1f} %)  {words}")
        false = sum(item.passed and not item.asks for item in some)
        passes = sum(item.passed and item.asks for item in some)
        seconds = sorted(item.seconds for item in some)
        print(f"  false passes {false}; passes {passes} of {sum(item.asks for item in some)}; "
              f"seconds p50 {seconds[len(seconds) // 2]:.2f}, most {seconds[-1]:.2f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.letters")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    folder = HERE
    if given.words and (Path(given.words[0]) / "truth.json").is_file():
        folder = Path(given.words.pop(0))
    rows = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    names = [name for name, row in rows.items() if given.kind in (None, row["kind"])]
    names = [name for name in names if not given.words or any(word in name for word in given.words)]
    print_results(read_all(folder, names, given.jobs))


if __name__ == "__main__":
    main()
