"""Coverage-guided fuzzing of the reader and the spec's loader, with atheris; and the inputs that once went wrong."""
