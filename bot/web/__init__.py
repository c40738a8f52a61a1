"""HTTP and WebSocket routes of the gateway; the built pages."""
