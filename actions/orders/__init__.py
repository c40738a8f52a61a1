"""An order before it leaves: its facts, changes, address, invoice, payment, calling it off."""
