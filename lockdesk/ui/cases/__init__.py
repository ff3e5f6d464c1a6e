"""The page of the cases: list, head, action bar, and what is done about the held case, a module a concern: review,
operations (revoke, reissue), handwork in a portal, notices, polling. Each leads from the button to the dialog to the
desk's call. What is only shown of a case belongs to verification, how a dialog looks to dialogs."""
