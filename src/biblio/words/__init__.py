"""Every word that is said or printed, in French and English (``tables``), and faults as values (``faults``)."""
