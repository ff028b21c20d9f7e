"""The dialogs: one question each, over the screen."""
