"""What somebody writes as the way to be reached: its one address is written to, and none is guessed."""

import pytest

from lockdesk.desk.office.mail_fields import address_in

ADDRESS = "warga@contoh.id"


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        (ADDRESS, ADDRESS),
        (f" {ADDRESS}; ", ADDRESS),
        (f"{ADDRESS} / 0812-0000-0001", ADDRESS),
        (f"Warga Contoh <{ADDRESS}>", ADDRESS),
        (f"0812-0000-0001, e-mail: {ADDRESS}.", ADDRESS),
        (f"{ADDRESS} atau lain@contoh.id", ""),
        ("0812-0000-0001", ""),
        ("warga@contoh", ""),
        ("", ""),
    ],
)
def test_the_one_address_of_a_contact(contact: str, address: str) -> None:
    assert address_in(contact) == address
