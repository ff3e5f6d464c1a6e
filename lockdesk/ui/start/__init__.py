"""Before the desk is open: first start, passphrase, lock. Nothing here knows a case."""
