"""Personal data: destroyed when its time is over, handed to whom it belongs to, and told of when it got out."""
