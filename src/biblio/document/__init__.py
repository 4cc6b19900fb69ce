"""A composed dossier as a tree of values, whatever it will be rendered as."""
