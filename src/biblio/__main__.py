"""``python -m biblio``: the command line, for machines where the script is not on the path."""

from biblio.cli import main

if __name__ == "__main__":
    main()
