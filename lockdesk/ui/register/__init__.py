"""The page of the staff register and its import."""
