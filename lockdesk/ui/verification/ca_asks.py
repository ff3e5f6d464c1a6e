"""What the cards about the CA may ask for."""

from enum import StrEnum


class CaAsk(StrEnum):
    """What a card about the CA may ask for."""

    SETTLE = "settle"
    STEPS = "steps"
    BRING_NEW = "bring_new"
    BRING_OLD = "bring_old"
    RECORD_HOLDER = "record_holder"
    NOT_DONE = "not_done"
    ACCEPT_RECORD = "accept_record"
    STOP_ASKING = "stop_asking"
    ASK_AGAIN = "ask_again"
    GIVE = "give"
    """Practice: the training CA gives an unknown serial a certificate."""
    APPROVE = "approve"
    DECLINE = "decline"
