"""A real desk without its window: settled in, its steps taken as an officer takes them, cases in known states."""
