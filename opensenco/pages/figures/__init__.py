"""Figures that schools release by term, and what their authority or trust reads of them."""
