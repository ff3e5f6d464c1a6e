"""Guided practice: three requests with a wrong one among them, and what was missed is told."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState, Route
from lockdesk.desk.checks.all import rejection_reasons
from lockdesk.desk.operations.lessons import LESSONS, Kind, judged, next_words
from lockdesk.desk.values.facts import ScanProgress
from lockdesk.errors import Declined
from lockdesk.ui.look.theme import FITS
from lockdesk.ui.shell.tour import TourBand
from tests.helpers.desk.portal_office import PortalOffice
from tests.helpers.desk.steps import completed, receive, verify
from tests.helpers.window.officer import Officer
from tests.helpers.window.real_window import real_window, rest


def shown(band: TourBand) -> str:
    return "\n".join(item.text() for item in band.findChildren(QLabel) if not item.isHidden())


def test_the_clean_one_is_praised_and_the_wrong_one_s_fault_is_named(profile: OpenProfile) -> None:
    desk = profile.desk
    assert desk.lessons is not None
    begun = desk.lessons.begin(Kind.CLEAN)
    case = desk.reading.case(begun.case_id)
    assert next_words(case).startswith("Baca suratnya")
    verify(desk, begun.case_id)
    completed(desk, begun.case_id)
    assert [remark.good for remark in judged(begun, desk.reading.case(begun.case_id))] == [True, True, True]

    wrong = desk.lessons.begin(Kind.WRONG)
    desk.review.start(wrong.case_id)
    desk.review.ask_applicant(wrong.case_id, "Surat yang baru")
    (remark,) = judged(wrong, desk.reading.case(wrong.case_id))
    assert not remark.good and "CSR" in remark.words and "harus dikembalikan" in remark.words


def test_no_key_is_named_that_rests(profile: OpenProfile) -> None:
    """As long as a scan is being read, its case cannot be judged."""
    case = profile.desk.reading.case(receive(profile.desk, "03"))
    assert next_words(replace(case, scan=ScanProgress(0, 1))) == "Tunggu sampai semua halaman surat selesai dibaca."


def test_a_wrong_one_returned_is_right(profile: OpenProfile) -> None:
    desk = profile.desk
    assert desk.lessons is not None
    wrong = desk.lessons.begin(Kind.WRONG)
    desk.review.start(wrong.case_id)
    desk.review.reject(wrong.case_id, rejection_reasons(desk.reading.case(wrong.case_id).findings))
    assert all(remark.good for remark in judged(wrong, desk.reading.case(wrong.case_id)))


def test_a_good_one_returned_is_missed(profile: OpenProfile) -> None:
    desk = profile.desk
    assert desk.lessons is not None
    begun = desk.lessons.begin(Kind.CLEAN)
    desk.review.start(begun.case_id)
    desk.review.reject(begun.case_id, ("Tidak jelas bagi saya.",))
    said = [remark.words for remark in judged(begun, desk.reading.case(begun.case_id)) if not remark.good]
    assert "Permohonan ini dapat diselesaikan; pemohon tidak perlu mengajukan lagi." in said
    assert "Terlewat: konfirmasi telepon ke nomor data kepegawaian." in said


def test_a_request_that_was_received_is_no_lesson_any_more(profile: OpenProfile) -> None:
    desk = profile.desk
    assert desk.lessons is not None
    first = receive(desk, "01")
    assert desk.lessons.begin(Kind.CLEAN).case_id != first
    with pytest.raises(Declined) as told:
        for _n in range(20):
            desk.lessons.begin(Kind.CLEAN)
    assert told.value.code == "practice.no_sample"
    assert "“pelatihan”" in told.value.remedy and "Penyiapan awal" in told.value.remedy, "how one begins anew"


def test_every_kind_of_lesson_has_its_request(profile: OpenProfile) -> None:
    assert profile.desk.lessons is not None
    for kind in LESSONS:
        assert profile.desk.reading.case(profile.desk.lessons.begin(kind).case_id).state is CaseState.RECEIVED


def test_at_work_there_is_none(office: PortalOffice) -> None:
    assert office.desk.lessons is None


def test_the_band_leads_from_lesson_to_lesson(qtbot: QtBot, profile: OpenProfile) -> None:
    with real_window(qtbot, profile.desk) as window:
        officer = Officer(qtbot, window)
        (band,) = window.findChildren(TourBand)
        assert band.isHidden()
        window.begin("tour")
        officer.until(lambda: window.tour.case is not None)
        officer.rest()
        officer.until(lambda: "Latihan 1 dari 3" in shown(band) and "Baca suratnya" in shown(band))
        officer.enter()
        officer.reaches(CaseState.UNDER_REVIEW)
        officer.until(lambda: "Telepon pemohon" in shown(band))
        case_id = officer.case.id
        window.begin("tour")
        officer.rest()
        assert officer.case.id == case_id and "Latihan 1 dari 3" in shown(band), "what is under way is not skipped"
        profile.desk.review.reject(case_id, ("Tidak jelas bagi saya.",))
        window.work.read()
        officer.until(lambda: "dapat diselesaikan" in shown(band))
        on = next(button for button in band.findChildren(type(band._on)) if button.text() == "Latihan berikutnya")
        assert on._hint == "Ctrl+Shift+L"
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        officer.until(lambda: "Latihan 2 dari 3" in shown(band) and officer.case.id != case_id)
        officer.rest()
        window.tour.stop()
        assert band.isHidden()


def test_a_wrong_one_returned_for_no_reason_is_missed(profile: OpenProfile) -> None:
    desk = profile.desk
    assert desk.lessons is not None
    wrong = desk.lessons.begin(Kind.WRONG)
    desk.review.start(wrong.case_id)
    desk.review.reject(wrong.case_id, ("Hari ini tidak sempat.",))
    (missed,) = [item.words for item in judged(wrong, desk.reading.case(wrong.case_id)) if not item.good]
    assert missed.startswith("Alasannya diubah dari usulan")


def test_a_wrong_one_returned_with_more_words_is_right(profile: OpenProfile) -> None:
    desk = profile.desk
    assert desk.lessons is not None
    wrong = desk.lessons.begin(Kind.WRONG)
    desk.review.start(wrong.case_id)
    (reason,) = rejection_reasons(desk.reading.case(wrong.case_id).findings)
    desk.review.reject(wrong.case_id, (f"Mohon maaf. {reason} Loket buka sampai 15.45.",))
    assert all(remark.good for remark in judged(wrong, desk.reading.case(wrong.case_id)))


def test_a_reset_is_not_told_as_a_revocation(profile: OpenProfile) -> None:
    assert profile.desk.lessons is not None
    begun = profile.desk.lessons.begin(Kind.CLEAN)
    case = profile.desk.reading.case(begun.case_id)
    reset = replace(case, state=CaseState.COMPLETED, route=Route.VERIFIER_RESET)
    said = " ".join(remark.words for remark in judged(begun, reset))
    assert "sertifikatnya tetap" in said and "dicabut" not in said


def test_a_second_stroke_receives_no_second_request(qtbot: QtBot, profile: OpenProfile) -> None:
    with real_window(qtbot, profile.desk) as window:
        officer = Officer(qtbot, window)
        window.begin("tour")
        window.begin("tour")
        officer.until(lambda: window.tour.case is not None)
        officer.rest()
        profile.desk.review.start(officer.case.id)
        profile.desk.review.reject(officer.case.id, ("Tidak jelas bagi saya.",))
        window.work.read()
        officer.until(lambda: window.tour.case is not None and window.tour.case.state is CaseState.REJECTED)
        window.begin("tour")
        window.begin("tour")
        officer.until(lambda: window.tour.begun is not None and window.tour.begun.kind is Kind.WRONG)
        officer.rest()
        assert profile.desk.casebook.counts()["all"] == 2


def test_after_a_restart_the_band_is_there_again(qtbot: QtBot, profile: OpenProfile) -> None:
    with real_window(qtbot, profile.desk) as window:
        window.begin("tour")
        qtbot.waitUntil(lambda: window.tour.case is not None)
    with real_window(qtbot, profile.desk) as window:
        (band,) = window.findChildren(TourBand)
        qtbot.waitUntil(lambda: "Latihan 1 dari 3" in shown(band) and "Baca suratnya" in shown(band))
        window.tour.stop()
    with real_window(qtbot, profile.desk) as window:
        rest(qtbot, window)
        assert window.tour.begun is None, "it was stopped"


def test_large_letters_leave_the_band_room_and_stopping_leads_back_to_the_case(
    qtbot: QtBot, profile: OpenProfile
) -> None:
    with real_window(qtbot, profile.desk, percent=FITS) as window:
        officer = Officer(qtbot, window)
        (band,) = window.findChildren(TourBand)
        window.begin("tour")
        officer.until(lambda: window.tour.case is not None and "Baca suratnya" in shown(band))
        officer.rest()
        assert window._seen.verticalScrollBar().maximum() == 0, "nothing is below the window's edge"
        (stop,) = [button for button in band.findChildren(QPushButton) if button.text() == "Hentikan latihan"]
        stop.setFocus()
        officer.enter()
        assert band.isHidden() and officer.focused is window.cases.panel.bar.primary


def test_who_stopped_goes_on_with_the_same_lesson(qtbot: QtBot, profile: OpenProfile) -> None:
    """Also told afterwards what was missed, where the case came to its end meanwhile."""
    desk = profile.desk
    with real_window(qtbot, desk) as window:
        officer = Officer(qtbot, window)
        (band,) = window.findChildren(TourBand)
        window.begin("tour")
        officer.until(lambda: window.tour.case is not None)
        officer.rest()
        assert window.tour.case is not None
        case_id = window.tour.case.id
        window.tour.stop()
        assert band.isHidden() and desk.drafts.load("tour"), "after a restart as well"
        desk.review.start(case_id)
        desk.review.reject(case_id, ("Tidak jelas bagi saya.",))
        window.begin("tour")
        officer.until(lambda: "Latihan 1 dari 3" in shown(band) and "dapat diselesaikan" in shown(band))
        officer.rest()
        assert window.tour.case is not None and window.tour.case.id == case_id
        places = {button.text(): button.x() for button in band.findChildren(QPushButton)}
        assert places["Hentikan latihan"] < places["Tampilkan kasusnya"] < places["Latihan berikutnya"]
        band._on.click()
        officer.until(lambda: "Latihan 2 dari 3" in shown(band))
        officer.rest()


def test_after_the_last_lesson_one_begins_with_the_first(qtbot: QtBot, profile: OpenProfile) -> None:
    with real_window(qtbot, profile.desk) as window:
        officer = Officer(qtbot, window)
        (band,) = window.findChildren(TourBand)
        for told in ("Latihan 1 dari 3", "Latihan 2 dari 3", "Latihan 3 dari 3"):
            window.begin("tour") if window.tour.begun is None else band._on.click()
            officer.until(lambda told=told: told in shown(band) and window.tour.case is not None)  # type: ignore[misc]
            officer.rest()
            profile.desk.review.start(officer.case.id)
            profile.desk.review.reject(officer.case.id, ("Tidak jelas bagi saya.",))
            window.work.read()
            officer.until(band._on.isVisible)
            officer.rest()
        band._on.click()
        officer.rest()
        assert band.isHidden()
        window.begin("tour")
        officer.until(lambda: "Latihan 1 dari 3" in shown(band))
        officer.rest()
