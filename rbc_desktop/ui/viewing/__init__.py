"""What is for looking only: the picture shown adjusted, and two fields beside each other."""
