"""What a technician does, without widgets: the window and the command line call the same functions."""
