"""The page of the office's published standard of service."""
