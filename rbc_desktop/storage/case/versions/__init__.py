"""The tables of the case file, now and in every version before."""
