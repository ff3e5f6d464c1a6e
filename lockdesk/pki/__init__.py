"""Bytes to values: CSRs, certificates, CRLs and OCSP answers. Pure functions, no I/O."""
