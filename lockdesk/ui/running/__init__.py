"""What runs beside the pages: workers, clipboard, closed days, files, mishaps. No widget is made here."""
