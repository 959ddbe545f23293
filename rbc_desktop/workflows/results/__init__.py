"""What leaves the application: reports and other files, looked at before and written."""
