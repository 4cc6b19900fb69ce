"""The references of a project together: the library, glances at large files, facets and themes."""
