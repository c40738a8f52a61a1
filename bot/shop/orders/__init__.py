"""What a customer means by words about her orders: which one, which piece, what is to become of it."""
