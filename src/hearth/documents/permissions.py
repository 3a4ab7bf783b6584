"""What may be done with files and format requests; who may see a file is decided by the room that it belongs to."""

FORMATS = "documents.formats"  # see, make and send what people asked for in other formats
