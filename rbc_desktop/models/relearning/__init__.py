"""The classifier goes on learning from a laboratory's own cells."""
