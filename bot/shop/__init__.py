"""What the shop knows and decides: pure rules over the data in `data/shop/`. Only `loader` reads files."""
