"""The training CA is opened by whoever first needs it, and nobody else waits for that."""

import threading

from lockdesk.app import OpenProfile
from lockdesk.gateway.training.gateway import TrainingGateway


def test_asking_for_a_service_neither_opens_the_ca_nor_waits_for_it(profile: OpenProfile) -> None:
    desk, begun, go_on = profile.desk, threading.Event(), threading.Event()
    open_ca = desk._outside.gateway

    def slow() -> object:
        begun.set()
        assert go_on.wait(20)
        return open_ca()

    object.__setattr__(desk._outside, "gateway", slow)
    opening = threading.Thread(target=lambda: desk.gateway)
    practice = desk.practice
    assert practice is not None and not begun.is_set(), "the window asks for it on its own thread"
    opening.start()
    assert begun.wait(20)
    asked = threading.Thread(target=lambda: (desk.prints, desk.review, desk.notices, desk.practice), daemon=True)
    asked.start()
    asked.join(20)
    waited = asked.is_alive()
    go_on.set()
    opening.join()
    asked.join()
    assert not waited
    assert isinstance(desk.gateway, TrainingGateway)
