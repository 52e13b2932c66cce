"""How far moderators agree, what follows from it, and which counts may be published."""
