"""What the screens say: one module a page."""
