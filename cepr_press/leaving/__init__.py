"""Everything in open formats, for who wants to leave: public things in one folder, others apart.

What stands in `public/` is asked for as a reader's page asks: through the same queries and the same
writers of files. So nothing gets there that a reader could not have.
"""
