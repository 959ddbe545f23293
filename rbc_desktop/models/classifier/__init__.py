"""The classifier of cells, its second opinion, and a laboratory's own model of whole fields."""
