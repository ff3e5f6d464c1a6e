"""Whatever arrives, read in a caged process: `sealed` is the way in; it decides on no case and keeps nothing."""
