"""PDFs and pictures as pages: what is painted, hidden, signed or dangerous; scans put together from their pages."""
