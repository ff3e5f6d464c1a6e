"""Complaints: the log of what is said and done, and the evidence that is handed in."""
