"""From a click or a stroke to the outline of a cell."""
