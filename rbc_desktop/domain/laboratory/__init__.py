"""What a laboratory knows over many cases: operators, control films, reference bands, agreement of readers."""
