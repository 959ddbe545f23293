"""The window of the sample: details, grades, blood count, signatures, audit trail."""
