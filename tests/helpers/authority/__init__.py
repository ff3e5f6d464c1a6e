"""Keys, requests and certificates made on the spot, what a CA is asked for, and the services that answer."""
