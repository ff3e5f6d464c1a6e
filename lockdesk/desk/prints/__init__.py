"""What is printed, as values and words: the paper only lays it out."""
