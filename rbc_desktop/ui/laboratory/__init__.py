"""The laboratory's day: control films, and how often persons overrule the classifier."""
