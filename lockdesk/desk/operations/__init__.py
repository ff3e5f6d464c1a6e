"""What is done at a certificate authority: readiness, the call with its log, the proof, and what a person does by hand.
No protocol and no bytes of a wire are here."""
