"""Messages of the adults who work with a pupil."""
