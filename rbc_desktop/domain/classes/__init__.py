"""The classes of cells: the built-in ones, a laboratory's own, and which can be told on a field."""
