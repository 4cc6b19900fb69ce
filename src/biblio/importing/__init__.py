"""Files of others become references of the collection."""
