"""The checks of the mail: who sent it, who vouches for that, what it carries besides."""
