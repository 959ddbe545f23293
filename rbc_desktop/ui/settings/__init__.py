"""The settings dialog, with the pages that open from it: keys, operators, own classes, retraining."""
