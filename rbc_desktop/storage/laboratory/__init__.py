"""What a laboratory keeps beside its cases: settings, operators, lists, schemes, classes, classifiers."""
