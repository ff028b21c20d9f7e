"""The call form (F2): whatever comes to the desk, written down in the fewest keys."""
