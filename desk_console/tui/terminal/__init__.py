"""What lies between Textual and the terminal: cures for its defects, bytes in, signals, the
environment."""
