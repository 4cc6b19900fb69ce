"""The command line: ``app`` gathers the commands, each in its module of ``commands``."""
