"""The intake tray: mail is met, read in the cage, matched, and decided on by the officer."""
