"""A request on its way: received, checked, read by OCR, called about, judged, and what the applicant is told. What is
asked of a certificate authority is not here."""
