"""What runs beside the pages: workers, clipboard, drafts, closed days, files, mishaps. No widget is made here."""
