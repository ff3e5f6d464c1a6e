"""Requests that were written on numbered sheets while there was no power, and are entered when it is back."""

from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.desk.values.emergency import EmergencyEntry, EmergencyOrder
from lockdesk.desk.values.people import Applicant
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined
from lockdesk.ui.intake.sheets import WalkInSheet
from tests.helpers.desk.counter import text_of
from tests.helpers.desk.office import SetClock
from tests.helpers.window.real_window import PATIENCE_MS, real_window, rest

SEKAR = Applicant(name="Sekar Contohwati, S.I.Pust.", nip="199002152019032999")
FORM = "DARURAT-2026-0002"


def printed(profile: OpenProfile, count: int = 3) -> bytes:
    return profile.desk.prints.make("emergency_form", EmergencyOrder(count), PaperSize.A4).pdf


def test_every_sheet_has_a_number_of_its_own_and_none_comes_twice(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    pages = pypdfium2.PdfDocument(printed(profile))
    words = [" ".join(page.get_textpage().get_text_range().split()) for page in pages]
    pages.close()
    assert len(words) == 3 and [f"DARURAT-2026-000{n}" in text for n, text in enumerate(words, 1)] == [True] * 3
    assert not any("aksara tidak ada" in text for text in words)
    assert all("Tanda terima sementara" in text and "Jangan berikan passphrase" in text for text in words)
    assert "DARURAT-2026-0004" in text_of(desk.prints.preview("emergency_form", EmergencyOrder(2), PaperSize.A4))
    assert "DARURAT-2026-0004" in text_of(printed(profile, 2)), "a preview uses up no number"
    clock.forward(days=60)
    assert "DARURAT-2027-0001" in text_of(printed(profile, 1)), "each year begins anew"


def test_the_clock_counts_from_the_form_and_both_moments_are_kept(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    printed(profile)
    clock.forward(hours=1)
    received = clock.now()
    clock.forward(days=1, hours=3)
    taken = desk.intake.receive_walk_in(SEKAR, (), emergency=EmergencyEntry(FORM, received))
    case = desk.reading.case(taken.case_id)
    assert case.received_at == received and case.emergency_form == FORM
    assert case.due_at is not None and case.due_at < clock.now() + timedelta(hours=6), "due a working day after receipt"
    entered = next(line for line in case.history if line.kind == "case.received")
    assert entered.at == clock.now() and entered.facts["emergency_form"] == FORM
    receipt = text_of(desk.prints.make("receipt", case.id, PaperSize.A5).pdf)
    assert f"Formulir darurat {FORM}, dicatat Selasa, 24 November 2026 pukul 12.05 WIB." in receipt
    assert "Senin, 23 November 2026 pukul 09.05 WIB" in receipt


def test_what_cannot_be_is_refused_in_words_and_nothing_is_opened(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    before = clock.now() - timedelta(hours=1)
    printed(profile)
    good = EmergencyEntry(FORM, clock.now())
    for entry, code in (
        (replace(good, number="DARURAT-2026-0009"), "emergency.unknown"),
        (replace(good, number="DARURAT-2025-0001"), "emergency.unknown"),
        (replace(good, received_at=before), "emergency.time"),
        (replace(good, received_at=clock.now() + timedelta(minutes=1)), "emergency.time"),
    ):
        with pytest.raises(Declined) as refused:
            desk.intake.receive_walk_in(SEKAR, (), emergency=entry)
        assert refused.value.code == code and refused.value.remedy
    assert desk.reading.status().counts["all"] == 0
    taken = desk.intake.receive_walk_in(SEKAR, (), emergency=good)
    with pytest.raises(Declined) as refused:
        desk.intake.receive_walk_in(SEKAR, (), emergency=good)
    assert refused.value.code == "emergency.entered" and taken.number in refused.value.message


def test_a_form_is_entered_at_the_counter(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    printed(profile)
    with real_window(qtbot, profile.desk) as window:
        rest(qtbot, window)
        window.begin("walk_in")
        rest(qtbot, window)
        sheet = window.findChildren(WalkInSheet)[0]
        fields = {field.accessibleName(): field for field in sheet.findChildren(QLineEdit)}
        next(field for name, field in fields.items() if name.startswith("Nama")).setText(SEKAR.name)
        number = fields["Nomor formulir darurat"]
        number.setText("darurat-2026")
        assert not sheet.verb.isEnabled()
        number.setText(FORM.lower())
        at = clock.now().astimezone(profile.desk.office.zone)
        assert sheet.verb.isEnabled()
        with qtbot.waitSignal(window.case_shown, timeout=PATIENCE_MS):
            sheet.verb.click()
        rest(qtbot, window)
        held = window.work.held
        assert held is not None and held.case.emergency_form == FORM
        assert held.case.received_at == at.replace(second=0, microsecond=0)
