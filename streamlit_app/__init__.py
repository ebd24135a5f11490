"""What people see in the browser: drawing only. No SQL and no decisions."""
