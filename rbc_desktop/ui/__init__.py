"""The windows: a folder for each place on the screen."""
