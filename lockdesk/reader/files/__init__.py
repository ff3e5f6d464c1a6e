"""Files as they arrive: mails, what they enclose, containers, sheets, certificates; no page is looked at here."""
