"""What is put before a buyer whose goods are not right, and what she is entitled to."""
