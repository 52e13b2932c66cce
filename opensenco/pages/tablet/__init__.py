"""The journey at a shared tablet: it is enrolled, a name is tapped, six digits are typed."""
