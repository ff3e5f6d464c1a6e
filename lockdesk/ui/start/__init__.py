"""What is shown before and over the window: the first start, the passphrase, the lock."""
