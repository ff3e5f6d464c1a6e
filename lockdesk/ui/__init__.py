"""What the officer sees. PySide6 lives only here. Rooms by page; whatever two pages use lies in widgets."""
