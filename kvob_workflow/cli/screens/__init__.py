"""What does the answer look like to a person? One file per screen, on `table` and `screen`."""
