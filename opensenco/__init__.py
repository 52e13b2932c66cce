"""OpenSENCO: the working record of special educational needs co-ordination in England."""
