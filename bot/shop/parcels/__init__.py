"""When a parcel leaves and arrives, what it costs, and how far it is."""
