"""What a laboratory sets up and tidies: operators, work list, own classes, backups, patient data."""
