"""How a request comes in through the window: opened, dropped, or written down at the counter."""
