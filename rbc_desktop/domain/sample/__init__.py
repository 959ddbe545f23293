"""What is said of the sample as a whole: grades, findings, signatures, second readings."""
