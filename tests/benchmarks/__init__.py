"""How fast, how large: ratios against a baseline that is measured in the same run."""
