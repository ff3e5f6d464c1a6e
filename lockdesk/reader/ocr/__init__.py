"""The picture of a page into words, with second looks; what the words mean is the letter's room."""
