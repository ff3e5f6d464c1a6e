"""What is shown of a case: cards of findings and facts, the comparison, the letter. Takes values in and gives signals
out; calls no desk and opens no dialog."""
