"""A shelf: one writer a format, each turning what is wanted of a document into edits by place."""
