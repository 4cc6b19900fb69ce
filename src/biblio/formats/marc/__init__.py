"""Records of library catalogues: MARC 21 and UNIMARC, in ISO 2709 and in XML."""
