"""Recent cases: the list on the empty window and in its dialog."""
