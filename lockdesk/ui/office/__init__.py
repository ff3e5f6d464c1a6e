"""What the office is and works by: the page of the settings, a card a module, and its published standard of service."""
