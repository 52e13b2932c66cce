"""Backups: made while OpenSENCO runs, sealed where there is a key, taken back into an empty place.

    DIR/<moment>/manifest.json     what it is, with a checksum of each part and rows by table
    DIR/<moment>/database.…        the database at one moment
    DIR/<moment>/files.txt         which files belong to it
    DIR/files/…                    the files of all backups, each once (`files-<key>` where sealed)

The database comes first and the files after it: a file is there before the row that names it and
is never removed, so whatever the database knows is among them. A backup has its name only when it
is whole. docs/adr/0032 gives the reasons.
"""
