"""The adults who give support: their hours, what they are promised for, who stands in for whom."""
