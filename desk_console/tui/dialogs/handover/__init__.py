"""The dialogs of the handover: each asks one person for one thing."""
