"""The rules of ``biblio check``, one module a family, each rule a function with its documentation."""
