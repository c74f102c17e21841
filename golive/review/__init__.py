"""A change of the files, from two revisions, object by object."""
