"""Control films and studies: how far the results of a laboratory can be relied on."""
