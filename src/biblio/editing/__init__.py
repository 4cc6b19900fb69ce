"""What is typed by hand is changed, references and dossiers, and nothing in the files but what was asked."""
