"""The references of a project together: the library and its catalogue, facets and themes."""
