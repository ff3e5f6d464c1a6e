"""The page of the complaints: list, form, the chosen complaint, and the calls to the desk about it."""
