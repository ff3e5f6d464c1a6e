"""Of many mails at once the tray knows what it knows of each."""

import hashlib

from lockdesk.app import OpenProfile
from lockdesk.desk.ports import NamedBytes
from tests.helpers.desk.steps import receive, waiting
from tests.helpers.papers.new_mail import new_mail
from tests.helpers.papers.samples import sample


def test_mails_that_opened_a_case_or_came_to_one_are_told_from_others(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = waiting(desk).id
    answer = new_mail("01")
    desk.review.answer(case_id, (NamedBytes("jawaban.eml", answer),))
    receive(desk, "02")
    mails = [sample("01"), sample("02"), sample("03"), answer, b"another"]
    digests = [hashlib.sha256(mail).hexdigest() for mail in mails]
    known = desk.casebook.mails_of_cases(digests)
    assert known == {digest for digest in digests if desk.casebook.case_with_mail(digest) is not None}
    assert known == {digests[0], digests[1], digests[3]}
    assert desk.casebook.mails_of_cases([]) == frozenset()
