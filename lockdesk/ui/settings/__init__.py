"""The page of the settings, a card a module."""
