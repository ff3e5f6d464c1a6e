"""What several pages are built of. A widget takes values in and gives signals out; it knows no page and no dialog."""
