"""A slide on show: where its film can be read, and its proposed regions."""
