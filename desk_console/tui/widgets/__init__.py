"""The widgets that every screen is built from. People's words are never markup in any of them."""
