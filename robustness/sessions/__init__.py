"""Sessions at the desk, made by chance, and an oracle that says what the files must be after each thing done.

Edits come from the desk, as its pages send them, and from outside, as an editor writes files; the desk is told of these
sometimes, as it may not have looked yet. The oracle shares nothing with the program: files are read by a scanner of its
own and by PyYAML, and what is expected is kept in plain dictionaries.

    python -m robustness.sessions --seconds 300 --seed 7
"""
