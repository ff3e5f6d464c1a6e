"""LockDesk: the desk of the one officer who has a forgotten certificate revoked and reissued."""

__version__ = "0.1.0"
