"""What it costs and how far it comes down: sums, coupons, haggling, price protection."""
