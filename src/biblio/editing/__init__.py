"""Files of references are changed, and nothing in them but what was asked."""
