"""What the demonstration reports: a table of steps, the proofs, and a page with everything it made."""

import html
import json
from collections.abc import Sequence
from dataclasses import asdict, field
from pathlib import Path

from lockdesk.records import dataclass
from lockdesk.words import _

TABLE = "table.json"
WIDEST = 76
"""Letters of the widest column on the terminal."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what was expected, what happened, how long it took (seconds; 0 when done before)."""

    step: str
    expected: str
    actual: str
    seconds: float

    @property
    def holds(self) -> bool:
        return self.expected == self.actual


@dataclass(frozen=True, slots=True)
class Proof:
    """A component of the standard or a part of the program: its proof, or "" for *belum*."""

    name: str
    proof: str
    proven: bool = True
    """False: `proof` says why there is none."""

    @property
    def mark(self) -> str:
        return ("✓" if self.proven else "·") if self.proof else "–"


@dataclass(slots=True)
class Report:
    """The whole demonstration, as it is stored in DIR and printed again for a finished one."""

    lines: list[Line] = field(default_factory=list)
    components: list[Proof] = field(default_factory=list)
    parts: list[Proof] = field(default_factory=list)
    environment: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return bool(self.lines) and all(line.holds for line in self.lines)

    def add(self, step: str, expected: str, actual: str, seconds: float = 0.0) -> None:
        self.lines.append(Line(step, expected, actual, seconds))

    def save(self, folder: Path) -> None:
        """Written beside and renamed: a DIR is finished or it is not."""
        beside = folder / (TABLE + ".new")
        beside.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(folder / TABLE)


def load_report(folder: Path) -> Report | None:
    """The report of a finished DIR; None when it is not finished."""
    path = folder / TABLE
    if not path.exists():
        return None
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Report(
        [Line(**item) for item in raw["lines"]],
        [Proof(**item) for item in raw["components"]],
        [Proof(**item) for item in raw["parts"]],
        raw["environment"],
    )


def print_report(report: Report) -> None:
    """The table and the proofs on standard output."""
    widths = (max(len(getattr(line, name)) for line in report.lines) for name in ("step", "expected"))
    first, second = (min(width, WIDEST) for width in widths)
    head = f"{_('Langkah'):{first}}  {_('Diharapkan'):{second}}  {_('Terjadi')}"
    print(f"     {head}\n     {'-' * len(head)}")
    for line in report.lines:
        took = f"  ({line.seconds:.2f} s)" if line.seconds else ""
        mark, actual = ("✓", _short(line.actual)) if line.holds else ("✗", line.actual)
        print(f"  {mark}  {line.step:{first}}  {_short(line.expected):{second}}  {actual}{took}")
    for title, proofs in ((_("Standar pelayanan"), report.components), (_("Bagian program"), report.parts)):
        print(f"\n{title}")
        for item in proofs:
            print(f"  {item.mark}  {item.name}: {item.proof or _('belum')}")
    print()
    for words in report.environment:
        print(words)


def _short(words: str) -> str:
    """Fits a column; what differs from the expectation is always printed whole."""
    return words if len(words) <= WIDEST else words[: WIDEST - 1] + "…"


def write_index(report: Report, folder: Path) -> None:
    """DIR/index.html with every screenshot, print, certificate and the CRL."""
    rows = "".join(
        f"<tr class={'ok' if line.holds else 'bad'}><td>{_e(line.step)}<td>{_e(line.expected)}"
        f"<td>{_e(line.actual)}<td>{line.seconds:.2f}"
        for line in report.lines
    )
    proofs = "".join(
        f"<li>{item.mark} {_e(item.name)}: {_e(item.proof or _('belum'))}"
        for item in (*report.components, *report.parts)
    )
    shots = "".join(
        f'<figure><img src="{_e(path)}" loading=lazy><figcaption>{_e(Path(path).stem)}</figcaption></figure>'
        for path in _files(folder, "screenshots", "*.png")
    )
    links = "".join(
        f'<li><a href="{_e(path)}">{_e(path)}</a>'
        for path in (*_files(folder, "prints", "*.pdf"), *_files(folder, "certificates", "*"))
    )
    title = _("Peragaan LockDesk")
    (folder / "index.html").write_text(
        f"""<!doctype html><html lang=id><meta charset=utf-8><title>{title}</title><style>
body{{font:15px system-ui,sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem;color:#1B2126}}
table{{border-collapse:collapse;width:100%}}
td,th{{text-align:left;padding:4px 8px;border-bottom:1px solid #DADEE2}}
.bad td{{background:#FBE6E4}}img{{width:100%;border:1px solid #DADEE2}}figure{{margin:1.5rem 0}}
</style><h1>{title}</h1><table><tr><th>{_("Langkah")}<th>{_("Diharapkan")}<th>{_("Terjadi")}<th>s{rows}</table>
<h2>{_("Bukti")}</h2><ul>{proofs}</ul><p>{"<br>".join(_e(words) for words in report.environment)}</p>
<h2>{_("Cetakan dan sertifikat")}</h2><ul>{links}</ul><h2>{_("Layar")}</h2>{shots}</html>""",
        encoding="utf-8",
    )


def _files(folder: Path, name: str, pattern: str) -> Sequence[str]:
    return [f"{name}/{path.name}" for path in sorted((folder / name).glob(pattern))]


def _e(text: str) -> str:
    return html.escape(text)
