"""OpenSENCO: the working record of special educational needs co-ordination in England."""

#: as pyproject.toml and CHANGELOG.md say it
__version__ = "0.1.0"
