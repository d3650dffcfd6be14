"""The workspace's settings and files: what the user wrote, checked and put together."""
