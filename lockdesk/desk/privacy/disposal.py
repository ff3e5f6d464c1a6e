"""Disposal by the retention schedule (UU 27/2022 art. 43 and 44): the program proposes, the head of section confirms.

What is destroyed cannot be brought back by the program; backups made before still hold it until they are rotated out.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from threading import Lock

from lockdesk.core.identity import digits
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.confirming import is_own_secret, require_official
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import WaysIn
from lockdesk.desk.values.privacy import SECRET_WORDS, Confirmation, Confirmed, DataKind, Disposal, DueItem, Ended, Way
from lockdesk.desk.values.tray import MailState
from lockdesk.errors import Declined, Hindered
from lockdesk.office_file import RetentionTable
from lockdesk.records import dataclass
from lockdesk.settings import Head
from lockdesk.words import _

MOST_AT_ONCE = 200
"""Cases and complaints on one set of minutes; what is left is proposed again."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is due today, by which years, and by what the head confirms; `head` serves today."""

    items: tuple[DueItem, ...]
    more: int
    """How many are due beyond those."""
    rule: RetentionTable
    ended: Ended
    ways: tuple[Way, ...]
    head: Head | None
    refused_mails: int
    """Mails that the officer refused, and that lie in the office's mailbox for longer than the rule says. The program
    has nothing of them but digests, and never deletes there."""
    done: tuple[Disposal, ...]

    def count(self, kind: DataKind) -> int:
        return sum(item.kind is kind for item in self.items)


def ways_words(ways: Sequence[Way]) -> str:
    """What the head of section types."""
    return _(" atau ").join(_(SECRET_WORDS[way]) for way in ways)


def years_before(day: date, years: int) -> date:
    """The same day so many years before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


class Disposals:
    """Called on worker threads: the secret takes a second, the cleaning as long as the database is large."""

    def __init__(
        self, casebook: Casebook, office: Office, ways: WaysIn | None, opens: Callable[[str], bool],
        code_kept: Callable[[], bool],
    ) -> None:  # fmt: skip
        """`ways` is None in practice, whose passphrase (`opens`) everybody knows."""
        self._casebook = casebook
        self._office = office
        self._ways = ways
        self._opens = opens
        self._code_kept = code_kept
        self._settling = Lock()

    def propose(self) -> Proposal:
        rule, ended = self._office.settings.office.retention, self._ended()
        due = self._casebook.due_for_disposal(ended)
        items = due[:MOST_AT_ONCE]
        done = self._casebook.disposals()
        refused = self._refused_mails(rule)
        return Proposal(items, len(due) - len(items), rule, ended, self._known_ways(), self._head(), refused, done)

    def destroy(self, proposal: Proposal, confirmation: Confirmation) -> Disposal:
        """Destroys what was proposed, in one step, and cleans the file. Raises Declined where it is not confirmed by
        the head, or where the proposal is no longer what is due; a file that cannot be cleaned now stays noted."""
        own = _("Petugas tidak mengonfirmasi pemusnahan yang dikerjakannya sendiri.")
        require_official(confirmation, self._office.settings.officers, own, "disposal")
        way = next((way for way in self._known_ways() if self._is_secret(way, confirmation)), None)
        if way is None:
            self._note("disposal.refused", {"nip": digits(confirmation.nip)})
            raise Declined(
                _("Konfirmasi tidak cocok."),
                _("Ketik {secret}.").format(secret=ways_words(self._known_ways())),
                code="disposal.secret",
            )
        officer = self._office.acting()
        head = Confirmed(
            confirmation.name.strip(), digits(confirmation.nip), confirmation.position.strip(), way, officer.name
        )
        write = c.DestroyData(
            proposal.items, proposal.ended, head, self._office.today(), self._office.settings.practice
        )
        facts: dict[str, Fact] = {
            "confirmed_by": f"{head.name}, {head.position}",
            "nip": head.nip,
            "way": way.value,
            "cases": " ".join(item.number for item in proposal.items if item.kind is DataKind.CASE),
            "complaints": " ".join(item.number for item in proposal.items if item.kind is DataKind.COMPLAINT),
            "people": proposal.count(DataKind.PERSON),
            "drafts": proposal.count(DataKind.DRAFT),
            "files": sum(item.files for item in proposal.items),
        }
        number = self._commit(JournalNote("disposal.done", facts), write).number
        with suppress(Hindered):  # what is destroyed is destroyed; the minutes say what is left to do
            self.settle()
        return self._casebook.disposal(number)

    def settle(self) -> bool:
        """Cleans the file where that is still to be done (the program ended meanwhile, or the disk was full); whether
        nothing is left to do."""
        with self._settling:
            waiting = [item.number for item in self._casebook.disposals() if item.swept_at is None]
            if not waiting:
                return True
            if not self._casebook.sweep():
                return False
            for number in waiting:
                self._commit(JournalNote("disposal.swept"), c.MarkSwept(number))
            return True

    def _ended(self) -> Ended:
        """By the rule that holds today: an office that keeps longer from now on destroys nothing earlier."""
        rule, before = self._office.settings.office.retention, self._before
        return Ended(*map(before, (rule.kasus, rule.pengaduan, rule.kepegawaian, rule.surat_ditolak)))

    def _before(self, years: int) -> datetime:
        return datetime.combine(years_before(self._office.today(), years), time(), self._office.zone)

    def _refused_mails(self, rule: RetentionTable) -> int:
        before, known = self._before(rule.surat_ditolak), self._casebook.known_mail()
        return sum(mail.state is MailState.REFUSED and mail.arrived_at < before for mail in known)

    def _head(self) -> Head | None:
        return self._office.settings.head_on(self._office.today())

    def _known_ways(self) -> tuple[Way, ...]:
        """The strongest first; what everybody at the desk knows only where there is nothing else."""
        head, found = self._head(), list[Way]()
        if self._ways is not None and head is not None and head.nip in self._ways.people():
            found.append(Way.OWN)
        if self._ways is not None and self._code_kept():
            found.append(Way.CODE)
        return tuple(found) or (Way.PASSPHRASE,)

    def _is_secret(self, way: Way, told: Confirmation) -> bool:
        ways = self._ways
        if ways is None:
            return self._opens(told.secret)
        if way is Way.CODE:
            return ways.is_code(told.secret)
        if way is Way.PASSPHRASE:
            return ways.whose(told.secret) == ""
        return is_own_secret(ways, self._head(), told)

    def _note(self, kind: str, facts: dict[str, Fact]) -> None:
        self._commit(JournalNote(kind, facts))

    def _commit(self, note: JournalNote, *writes: c.Write) -> c.Committed:
        return self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, writes))
