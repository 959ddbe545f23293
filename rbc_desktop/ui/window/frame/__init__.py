"""The window before anything is in it: what it is given, its size, what is dropped on it, what it keeps."""
