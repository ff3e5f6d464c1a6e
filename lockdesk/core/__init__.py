"""What is true of the service itself: its rules as data, and pure functions over them. No I/O."""
