"""The screens of the desk: a module each, with the routes by which it is asked and what it does."""
