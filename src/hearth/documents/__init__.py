"""Files and formats: what was uploaded and kept, what was printed, and who asked for it in another format.

What it is not: it does not know what a document says or whether it may be seen; the room that owns the document does.
"""
