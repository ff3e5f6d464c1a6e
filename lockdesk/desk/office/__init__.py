"""The office and how it is set up: its settings, calendar, officers, staff register, authority and trust anchors."""
