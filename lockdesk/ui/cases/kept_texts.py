"""What is half written in a case's dialog: there again for that case and that step."""

from functools import partial

from lockdesk.desk.desk import Drafts
from lockdesk.desk.values.drafts import of_case
from lockdesk.ui.cases.casework import Casework
from lockdesk.ui.widgets.kept_texts import KeptTexts
from lockdesk.ui.widgets.sheet import Sheet


def keep_texts(sheet: Sheet, case_id: int, name: str, work: Casework, drafts: Drafts) -> None:
    """`name`: of the step."""
    KeptTexts(sheet, of_case(case_id, name), work.background, drafts, partial(work.when_stepped, case_id))
