"""The canvas: the field, its cells, the tools, and the session that connects them to engine and case."""
