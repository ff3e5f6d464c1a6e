"""What the officer does: casework over ports. Knows no database, no network, no widget."""
