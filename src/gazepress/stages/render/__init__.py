"""From planned outputs to the bytes of files."""
