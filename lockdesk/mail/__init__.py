"""The office's mail: SMTP out, and the mailbox in which its copies arrive."""
