"""What half-written texts are kept under, so that they go with the data that they are about."""


def of_case(case_id: int, name: str = "") -> str:
    """A text about a case, in the dialog called `name`; without a name, what all of the case's begin with."""
    return f"case:{case_id}:{name}"


def of_complaint(complaint_id: int, name: str = "") -> str:
    """A text about a complaint, named as `of_case` names it."""
    return f"complaint:{complaint_id}:{name}"


def answer_to(complaint_id: int) -> str:
    """The answer that is being written to a complaint."""
    return f"complaint_answer:{complaint_id}"


def of_person(entry_id: int, name: str = "") -> str:
    """A text about an entry of the register (0: somebody new), named as `of_case` names it."""
    return f"person:{entry_id}:{name}"


def merging(entry_id: int) -> str:
    """The name of a text about a person into whose entry this one is to go: it is about both."""
    return f"merge:{entry_id}"


def of_settings(name: str) -> str:
    """What is written in the part of the settings called `name`."""
    return f"settings:{name}"


SETTINGS = of_settings("")
"""What the names of all those begin with: they go by their age too, for they hold names and telephone numbers."""
WALK_IN, NEW_COMPLAINT, NEW_PERSON = "walk_in", "complaint", of_person(0, "edit")
OF_NOBODY = (WALK_IN, NEW_COMPLAINT, NEW_PERSON)
"""Forms of visitors and of people whom the books do not know yet: they go with nobody's data, but by their age."""
