"""The dialogs of the roster."""
