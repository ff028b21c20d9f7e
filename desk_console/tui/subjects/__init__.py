"""The subjects of the set-up (F9): each lists its things, and adds, changes and retires them."""
