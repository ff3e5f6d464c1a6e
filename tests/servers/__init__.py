"""Real certificate authorities on loopback, started and stopped by the tests."""
