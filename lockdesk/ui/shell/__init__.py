"""The window itself: its frame, pages, menus, keys, status line and lock. What a page shows is not here."""
