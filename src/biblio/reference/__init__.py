"""The data: references and their parts, frozen and without input or output."""
