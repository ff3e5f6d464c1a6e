"""Prints, exports and the recovery code: previewed, sent to a printer or saved, put away. What stands on them is the
desk's and paper's."""
