"""The API (/kiosk/v1): what a 証明書交付センター asks, over TLS with certificates on both sides; OpenAPI tells it."""
