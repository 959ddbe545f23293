"""One module per command, which puts the parts together; beside them what several commands need."""
