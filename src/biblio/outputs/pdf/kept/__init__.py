"""The one door to the inside of the layout engine: layouts and drawings that are kept from one edit to the next.

What WeasyPrint has no public way for is all in this room: laying out again from one page on, and drawing again only the
pages that were. It is made for one version of the engine, and asks which one is there (``layout.KNOWN``); with any
other, and at the least doubt, the whole is laid out.
"""
