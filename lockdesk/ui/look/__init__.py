"""Colours, type, icons, and Qt's own words: nothing of the desk is known here."""
