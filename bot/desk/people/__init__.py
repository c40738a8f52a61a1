"""Who works here, who is on duty, who may approve; and who the customer is."""
