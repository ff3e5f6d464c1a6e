"""What goes on beside the pages: work on threads, what went wrong, drafts, printing."""
