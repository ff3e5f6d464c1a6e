"""The evaluation of a quarter, the register books and the satisfaction survey: what is reckoned from the casebook.

Figures are defined here and nowhere else; how they look belongs to the window and the paper.
"""
