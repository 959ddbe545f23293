"""What lies over the picture: cells, proposal, marks, measures; the layers put them in their order."""
