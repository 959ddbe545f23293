"""The main window, put together from the parts below."""
