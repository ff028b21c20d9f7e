"""The screens, and the kit they stand on. The only package that knows Textual."""
