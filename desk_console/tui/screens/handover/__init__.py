"""The handover on screen (F4): a panel for each step; `screen` holds them together."""
