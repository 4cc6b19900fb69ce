"""A project on the disk: its files read and remembered, its outputs written whole, and new ones begun."""
