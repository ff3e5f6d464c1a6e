"""The day at a glance: what presses, over the list of the cases, and what is still open when the office closes."""
