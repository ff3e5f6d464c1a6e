"""What `lockdesk VERB` does: each verb in a module of its own."""
