"""The sample of the working case: graded, signed, read a second time, compared, its trail."""
