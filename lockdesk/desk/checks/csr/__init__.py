"""The checks of the CSR: one, readable, self-signed by a strong key that was never used before."""
