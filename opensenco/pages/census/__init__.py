"""The school census: the SEN items of every pupil on roll, what is wrong with them, and a file."""
