"""desk-console: the program that runs a front desk."""

__version__ = "0.1.0"
