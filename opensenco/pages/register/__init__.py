"""The SEN register: everybody with a status, a plan or a concern, on one dense page."""
