"""A site as one file: made while it is in use, verified, and restored onto either database.

An archive is a zip file (PKWARE's APPNOTE 6.3, with zip64) that any unzip program opens:

    README.txt              what this is
    rows/<table>.ndjson     a table: one JSON object a line (RFC 8259), in the order of its keys
    media/<sha256>          a file of the storage, once for each content
    files.ndjson            the storage's names: a line of name, size and sha256 for each
    manifest.json           versions, migrations, settings; each part's size and SHA-256

Its last 71 bytes, the zip file's comment, are the SHA-256 of all bytes before. They are written
last: what was interrupted does not have them, and no byte can change unseen.
"""
