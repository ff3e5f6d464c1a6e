"""A letter as values, people and evidence: what stands there, whose it is, and what speaks for it."""
