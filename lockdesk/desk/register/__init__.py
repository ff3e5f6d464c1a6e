"""The staff register: what an office's sheet says of its people, and what the officer changes by hand.

Nothing of it comes from a request under check.
"""
