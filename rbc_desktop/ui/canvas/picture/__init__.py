"""What is looked at: the field or the slide as pixels, how closely, and the scale bar."""
