"""Facts: plain values and pure functions, numpy and the standard library only."""
