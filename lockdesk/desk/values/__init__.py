"""Frozen values that pass between the rooms of the desk, by subject. No rule and no port is here."""
