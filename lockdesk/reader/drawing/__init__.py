"""What is drawn on a page besides its letters, and where words stand: rules, cells, ticks, strokes, turns."""
