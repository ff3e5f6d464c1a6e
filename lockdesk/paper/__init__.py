"""Everything printed. Only this package knows reportlab and segno."""
