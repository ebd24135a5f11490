"""The servers of `make up`, as plain processes on this machine. Nothing of the pipeline belongs here."""
