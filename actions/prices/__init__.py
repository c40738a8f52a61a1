"""Money before buying: offers, sums, haggling, coupons, ordering."""
