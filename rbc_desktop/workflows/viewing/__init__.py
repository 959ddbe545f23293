"""Looking only, for the session: adjusted pictures, fields side by side, free lengths."""
