"""The checks: functions from facts to findings, and the catalogue that names them."""
