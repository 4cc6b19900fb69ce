"""What is asked of catalogues and pages over the network: the one room that reaches it, and only when told to."""
