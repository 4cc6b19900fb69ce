"""From a project's files to a dossier's outputs, one dossier or many, anew or compared with what is there."""
