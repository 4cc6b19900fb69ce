"""A printed dossier or a list of references becomes references again: the notice grammars read backwards."""
