"""The window and what surrounds its pages: first start, passphrase, application, top bar, status line, commands, keys,
lock. The one room that knows every page and connects them; what a single page does belongs to that page."""
