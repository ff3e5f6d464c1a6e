"""What is learnt about an operation at the CA, written down: one transaction, one journal entry each."""

from collections.abc import Mapping
from dataclasses import replace

from lockdesk.core.cases import CaseStep, rule_for
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.operations import OperationEvent, OperationState
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.values.authority import Issued, Waiting
from lockdesk.desk.values.cases import CaseView, OperationView
from lockdesk.records import dataclass
from lockdesk.words import N_, kept


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves an operation: the step that the case takes with it, what the journal says, what is kept."""

    step: CaseStep
    facts: Mapping[str, Fact]
    writes: tuple[c.Write, ...]


class OperationLog:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office) -> None:
        self._casebook = casebook
        self._office = office

    def intend(self, case: CaseView, note: JournalNote, write: c.NewOperation, *writes: c.Write) -> OperationView:
        """Stores the intent, durably, before anything is sent."""
        committed = self._commit(case, note, write, *writes)
        assert committed.created_id is not None
        now = self._office.now()
        return OperationView(
            id=committed.created_id,
            case_id=case.id,
            request_id=write.request_id,
            kind=write.kind,
            state=OperationState.INTENDED,
            gateway=write.gateway,
            serial=write.serial,
            key_sha256=write.key_sha256,
            reason=write.reason,
            reference="",
            words="",
            started_at=now,
            changed_at=now,
        )

    def learn(
        self,
        case: CaseView,
        operation: OperationView,
        event: OperationEvent,
        words: str,
        *writes: c.Write,
        reference: str = "",
        facts: dict[str, Fact] | None = None,
    ) -> None:
        """Moves the operation by what was learnt; `words` are for the officer."""
        public: dict[str, Fact] = {"kind": operation.kind.value, "request_id": operation.request_id}
        note = JournalNote(f"operation.{event.value}", public | (facts or {}))
        self._commit(case, note, c.MoveOperation(operation.id, event, kept(words), reference), *writes)

    def proved(self, case: CaseView, operation: OperationView, proof: Proof, *before: c.Write) -> None:
        """Moves the case with its operation; waiting for the CA is over."""
        rule = rule_for(case.state, proof.step)
        moved = c.MoveOperation(operation.id, OperationEvent.PROOF)
        self._casebook.commit(
            c.Change(
                at=self._office.now(),
                actor=self._office.actor(),
                note=JournalNote(rule.journal, dict(proof.facts) | {"request_id": operation.request_id}),
                writes=(*before, moved, *proof.writes, *self.resumed(case)),
                case_id=case.id,
                step=proof.step,
                expected=case.state,
            )
        )

    def wait(self, case: CaseView, operation: OperationView, answer: Waiting) -> None:
        """The CA, or a person in its portal, acts first: the clock pauses."""
        words = answer.words or N_("CA menunggu persetujuan.")
        event = OperationEvent.ANSWERED_WAITING
        self.learn(case, operation, event, words, c.StartPause("ca"), reference=answer.reference)

    def resumed(self, case: CaseView) -> tuple[c.Write, ...]:
        """Waiting for the CA is over: the deadline moves by the open time that it took."""
        now = self._office.now()
        if not any(pause.end is None and pause.reason == "ca" for pause in case.pauses):
            return ()
        pauses = tuple(replace(pause, end=pause.end or now) for pause in case.pauses)
        start = case.complete_at or case.received_at
        due = self._office.due(start, pauses)
        return (c.EndPause(), c.SetDeadline(start, due))

    def _commit(self, case: CaseView, note: JournalNote, *writes: c.Write) -> c.Committed:
        change = c.Change(self._office.now(), self._office.actor(), note, writes, case_id=case.id)
        return self._casebook.commit(change)


def certificate_evidence(operation: OperationView, answer: Issued | Waiting | None) -> tuple[c.Write, ...]:
    """The certificate as it came back, before it is checked."""
    if not isinstance(answer, Issued):
        return ()
    return (c.AddEvidence(operation.id, "certificate", answer.certificate_der),)
