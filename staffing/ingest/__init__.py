"""Files to tables: read, check, collect every fault; and the sample organisations."""
