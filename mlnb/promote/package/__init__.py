"""Files that are copied into every promoted package as they are."""
