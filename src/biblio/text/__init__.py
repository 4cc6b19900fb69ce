"""Text on its way: the inline tree, its folding and collation, text made harmless, and typography."""
