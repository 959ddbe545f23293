"""The fields of a case: segmented one after the other, counted or left out, and their scale."""
