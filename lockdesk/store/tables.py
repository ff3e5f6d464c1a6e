"""The tables as peewee models. The schema itself is made by `migrations/`, never from here."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    CompositeKey,
    DeferredForeignKey,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from playhouse.sqlite_ext import FTS5Model, RowIDField, SearchField

from lockdesk.desk.values.person_fields import REQUEST_FIELDS
from lockdesk.store.connections import Database
from lockdesk.store.finding import begins_in, folded

database = Database(None, autoconnect=False)
"""The one database of the process; the store opens it on its writer and reader threads only."""
for _function in (folded, begins_in):
    database.register_function(_function, _function.__name__)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class MomentField(BigIntegerField):
    """An aware moment as whole microseconds since 1970 UTC: it sorts, and has no zone to lose."""

    def db_value(self, value: datetime | None) -> int | None:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def python_value(self, value: int | None) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


class DayField(TextField):
    """A calendar date as ISO text."""

    def db_value(self, value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    def python_value(self, value: str | None) -> date | None:
        return None if value is None else date.fromisoformat(value)


class DigestField(BlobField):
    """A digest, in hex digits outside and half as long in the table."""

    def db_value(self, value: str | None) -> bytes | None:
        return None if value is None else bytes.fromhex(value)

    def python_value(self, value: bytes | None) -> str | None:
        return None if value is None else value.hex()


class Table(Model):
    id: Any

    class Meta:
        database = database
        legacy_table_names = False


class CaseSearch(FTS5Model):  # type: ignore[misc]
    """What a case is found by; the row's number is the case's."""

    rowid = RowIDField()
    name = SearchField()
    number = SearchField()
    agency = SearchField()
    nip = SearchField()
    nik = SearchField()
    phone = SearchField()
    email = SearchField()
    serial = SearchField()
    pairs = SearchField()

    class Meta:
        database = database
        table_name = "case_search"


class Person(Table):
    """A person's random key for the journal's tags; destroying it makes the tags meaningless."""

    nik = TextField(default="", index=True)
    nip = TextField(default="", index=True)
    tag_key = BlobField()


class Case(Table):
    number = TextField(unique=True)
    state = TextField()
    route = TextField()
    compromised = BooleanField(default=False)
    told_in_person = BooleanField(default=False)
    channel = TextField()
    gateway = TextField()
    person = ForeignKeyField(Person, null=True)
    name = TextField(default="")
    nik = TextField(default="", index=True)
    nip = TextField(default="", index=True)
    position = TextField(default="")
    agency = TextField(default="")
    email = TextField(default="")
    phone = TextField(default="")
    serial = TextField(default="")
    received_at = MomentField()
    complete_at = MomentField(null=True)
    due_at = MomentField(null=True)
    closed_at = MomentField(null=True)
    on_time = BooleanField(null=True)
    waiting_since = MomentField(null=True)
    operation_state = TextField(null=True)
    list_group = IntegerField()
    list_at = BigIntegerField()
    mail_sha256 = TextField(default="", index=True)
    previous_id: int | None
    previous = ForeignKeyField("self", null=True)
    closing_reasons = TextField(default="[]")
    emergency_form = TextField(default="", index=True)
    destroyed_at = MomentField(null=True)

    class Meta:
        indexes = (
            (("list_group", "list_at", "id"), False),
            (("state", "list_group", "list_at", "id"), False),
            (("received_at", "closed_at"), False),
            (("closed_at",), False),
        )


for _field in REQUEST_FIELDS:  # a row more in that table is a column more in this one
    if _field.name not in Case._meta.fields:
        Case._meta.add_field(_field.name, TextField(default=""))


class CaseCount(Table):
    """How many cases stand in each group of the list; kept by triggers on the table of cases."""

    list_group = IntegerField(primary_key=True)
    cases = IntegerField()


class Detail(Table):
    """What only the open case needs, kept apart from the rows that the list reads."""

    case = ForeignKeyField(Case, unique=True)
    facts = TextField(default="")
    findings = TextField(default="[]")
    old_certificate = TextField(default="")
    usable = TextField(default="[]")
    new_certificate = TextField(default="")


class ApplicantPast(Table):
    """What a field of the applicant's said before it was corrected."""

    case = ForeignKeyField(Case, index=True)
    name = TextField()
    value = TextField()
    until = MomentField()


class Document(Table):
    case_id: int
    case = ForeignKeyField(Case, index=True)
    role = TextField()
    name = TextField()
    kind = TextField()
    size = BigIntegerField()
    sha256 = TextField(index=True)
    stored = BooleanField()
    added_at = MomentField()


class Blob(Table):
    document = ForeignKeyField(Document, unique=True)
    content = BlobField()


class MailFrame(Table):
    """A mail without the attachments that are kept beside it."""

    document_id: int
    document = ForeignKeyField(Document, unique=True)
    pieces = TextField()
    own = BlobField()


class Decided(Table):
    case = ForeignKeyField(Case, index=True)
    check_name = TextField()
    reason = TextField()
    evidence = TextField()
    at = MomentField()
    officer = TextField()
    basis = TextField()


class Call(Table):
    case = ForeignKeyField(Case, index=True)
    outgoing = BooleanField()
    number = TextField()
    reached = TextField()
    note = TextField()
    counts = BooleanField()
    at = MomentField()
    officer = TextField()
    result = TextField()
    basis = TextField()
    csr = TextField()
    certificate = TextField()
    through = TextField()
    sighted = TextField()


class Tick(Table):
    case = ForeignKeyField(Case)
    item = TextField()
    ticked = BooleanField()
    at = MomentField()
    officer = TextField()

    class Meta:
        indexes = ((("case", "item"), True),)


class ClockPause(Table):
    case = ForeignKeyField(Case, index=True)
    start = MomentField()
    end = MomentField(null=True)
    reason = TextField()


class Operation(Table):
    case_id: int
    case = ForeignKeyField(Case, index=True)
    request_id = TextField(unique=True)
    kind = TextField()
    state = TextField(index=True)
    gateway = TextField()
    serial = TextField()
    key_sha256 = TextField()
    reason = IntegerField(null=True)
    reference = TextField(default="")
    words = TextField(default="")
    started_at = MomentField()
    changed_at = MomentField()


class Evidence(Table):
    operation = ForeignKeyField(Operation, index=True)
    kind = TextField()
    content = BlobField()


class KeyUsed(Table):
    """Stored in the order of its keys (WITHOUT ROWID): one key among a million costs one page not read before."""

    case_id: int
    key_sha256 = DigestField()
    case = ForeignKeyField(Case, index=False)
    use = TextField()
    nik = TextField(default="")
    nip = TextField(default="")

    class Meta:
        primary_key = CompositeKey("key_sha256", "case", "use", "nik", "nip")
        without_rowid = True


class DocumentMark(Table):
    """A digest by which a letter or a CSR is known again in a later case."""

    case_id: int
    case = ForeignKeyField(Case, index=True)
    kind = TextField()
    value = TextField()
    whole = TextField(default="")

    class Meta:
        indexes = ((("kind", "value"), False),)


class Outbox(Table):
    case_id: int | None
    complaint_id: int | None
    case = ForeignKeyField(Case, null=True, index=True)
    complaint = DeferredForeignKey("Complaint", null=True, index=True)
    notice = TextField()
    recipient = TextField()
    subject = TextField()
    body = TextField()
    state = TextField(index=True)
    at = MomentField()
    mail_id = TextField(default="", index=True)
    sha256 = TextField(default="")
    words = TextField(default="")
    tries = IntegerField(default=0)
    next_at = MomentField(null=True)
    changed_at = MomentField()


class MailContent(Table):
    """A message as it is sent, byte for byte."""

    message = ForeignKeyField(Outbox, unique=True)
    content = BlobField()


class Complaint(Table):
    """Where the complainant is confidential, only `form` names them."""

    case_id: int | None
    number = TextField(unique=True)
    state = TextField()
    form = TextField()
    name = TextField()
    confidential = BooleanField()
    channel = TextField()
    received_at = MomentField()
    due_on = DayField()
    resolved_at = MomentField(null=True)
    on_time = BooleanField(null=True)
    officer = TextField()
    verify_on = DayField(null=True)
    respond_on = DayField(null=True)
    next_on = DayField()
    verified_at = MomentField(null=True)
    responded_at = MomentField(null=True)
    asked_at = MomentField(null=True)
    satisfaction = TextField(default="unknown")
    matter = TextField(default="")
    thread = TextField(default="")
    """Message-IDs, a blank between: no Message-ID holds one."""
    case = ForeignKeyField(Case, null=True, index=True)
    destroyed_at = MomentField(null=True)

    class Meta:
        indexes = ((("state", "next_on"), False), (("received_at",), False), (("resolved_at",), False))


class ComplaintSearch(FTS5Model):  # type: ignore[misc]
    """What a complaint is found by; the row's number is the complaint's. Holds nothing that names a confidential
    complainant."""

    rowid = RowIDField()
    number = SearchField()
    name = SearchField()
    words = SearchField()
    contact = SearchField()
    pairs = SearchField()

    class Meta:
        database = database
        table_name = "complaint_search"


class ComplaintEvent(Table):
    complaint = ForeignKeyField(Complaint, index=True)
    at = MomentField()
    actor = TextField()
    step = TextField()
    text = TextField()
    addressee = TextField(default="")


class ComplaintFile(Table):
    """What was handed in with a complaint, or later."""

    complaint_id: int
    complaint = ForeignKeyField(Complaint, index=True)
    name = TextField()
    kind = TextField()
    size = IntegerField()
    sha256 = TextField()
    stored = BooleanField()
    withheld = TextField(default="")
    added_at = MomentField()


class ComplaintFileContent(Table):
    file = ForeignKeyField(ComplaintFile, unique=True)
    content = BlobField()


class Printed(Table):
    subject = TextField(index=True)
    kind = TextField()
    size = TextField()
    sequence = IntegerField()
    head = TextField()
    sha256 = TextField(default="")


class PrintContent(Table):
    """A print as it was handed out, byte for byte."""

    printed = ForeignKeyField(Printed, unique=True)
    content = BlobField()


class Journal(Table):
    sequence = IntegerField(unique=True)
    at = MomentField()
    actor = TextField()
    kind = TextField()
    subject = TextField(index=True)
    body = BlobField()
    digest = BlobField()


class JournalText(Table):
    """What somebody wrote for an entry, beside the chain, and the key of its tag there; goes with what it is about."""

    sequence = IntegerField()
    name = TextField()
    text = TextField()
    key = BlobField()
    case = ForeignKeyField(Case, null=True, index=True)
    complaint = ForeignKeyField(Complaint, null=True, index=True)
    entry_id = IntegerField(null=True, index=True)

    class Meta:
        indexes = ((("sequence", "name"), True),)


class Seal(Table):
    """One row: the head and the vault's signature over it."""

    count = IntegerField()
    digest = BlobField()
    signature = BlobField()


class RegisterRow(Table):
    nik = TextField(default="", index=True)
    nip = TextField(default="", index=True)
    email = TextField(default="", index=True)
    name = TextField(default="")
    namesake = TextField(default="", index=True)
    fields = TextField()
    serials = TextField(default="[]")
    retired_at = MomentField(null=True)

    class Meta:
        indexes = ((("name", "id"), False),)


class RegisterPast(Table):
    """What a field of an entry held before."""

    entry = ForeignKeyField(RegisterRow, index=True)
    name = TextField()
    value = TextField()
    until = MomentField()


class RegisterSearch(FTS5Model):  # type: ignore[misc]
    """What an entry is found by; the row's number is the entry's."""

    rowid = RowIDField()
    name = SearchField()
    nip = SearchField()
    nik = SearchField()
    agency = SearchField()
    email = SearchField()
    pairs = SearchField()

    class Meta:
        database = database
        table_name = "register_search"


class Setting(Table):
    """Settings with the day they hold from; the newest row of a name is in force."""

    name = TextField(index=True)
    value = TextField()
    since = MomentField()
    actor = TextField(default="")


class ClosedDayRow(Table):
    day = DayField(unique=True)
    reason = TextField()
    manual = BooleanField()
    removed = BooleanField(default=False)
    source = TextField(default="")


class Counter(Table):
    """The last number given, per series and year."""

    series = TextField()
    year = IntegerField()
    last = IntegerField()

    class Meta:
        indexes = ((("series", "year"), True),)


class KnownMail(Table):
    """A mail in the office's mailbox: where it lies and what was decided, nothing of what it says."""

    folder = TextField()
    validity = BigIntegerField()
    uid = BigIntegerField()
    identity = DigestField(index=True)
    sha256 = DigestField()
    arrived_at = MomentField()
    state = TextField()

    class Meta:
        indexes = ((("folder", "validity", "uid"), True),)


class ReportPart(Table):
    """The office's own words in the report of a quarter."""

    year = IntegerField()
    quarter = IntegerField()
    name = TextField()
    text = TextField()

    class Meta:
        indexes = ((("year", "quarter", "name"), True),)


class SurveyCount(Table):
    """How often a score was given on a day: what one person answered cannot be told from it."""

    day = DayField()
    question = IntegerField()
    score = IntegerField()
    count = IntegerField()

    class Meta:
        indexes = ((("day", "question", "score"), True),)


class Disposal(Table):
    """What was destroyed, confirmed by whom: numbers of cases and complaints as JSON lists."""

    number = TextField(unique=True)
    at = MomentField()
    head = TextField()
    head_nip = TextField()
    head_position = TextField()
    way = TextField()
    officer = TextField()
    cases = TextField()
    complaints = TextField()
    people = IntegerField()
    drafts = IntegerField()
    swept_at = MomentField(null=True)


class DataRequest(Table):
    """Whose it is says the entry of the register, or the case: nothing of the person stands here."""

    entry_id = IntegerField(null=True)
    case_id: int | None
    case = ForeignKeyField(Case, null=True, index=True)
    received_at = MomentField()
    answered_at = MomentField(null=True, index=True)


class Draft(Table):
    form = TextField(unique=True)
    text = TextField()
    kept_at = MomentField()


MODELS: tuple[type[Table], ...] = (
    Person, Case, CaseCount, Detail, ApplicantPast, Document, Blob, MailFrame, Decided, Call, Tick, ClockPause,
    Operation, Evidence, KeyUsed, DocumentMark, Outbox, MailContent, Complaint, ComplaintEvent, ComplaintFile,
    ComplaintFileContent, Printed, PrintContent, Journal, JournalText, Seal, RegisterRow, RegisterPast,
    Setting, ClosedDayRow, Counter, KnownMail, ReportPart, SurveyCount, Disposal,
    DataRequest, Draft,
)  # fmt: skip
