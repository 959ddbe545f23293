"""Going through the cells of a case: order, columns, galleries, likeness, decisions."""
