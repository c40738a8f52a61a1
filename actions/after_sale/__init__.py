"""What is not right with received goods: remedies, returns, exchanges, refunds."""
