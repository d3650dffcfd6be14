"""CSV files for HR tools."""
