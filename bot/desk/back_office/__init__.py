"""Orders, stock, gifts and bargains behind the ports: the desk's database, or the shop's own system."""
