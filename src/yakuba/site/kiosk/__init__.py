"""The kiosk listener: a web server of its own for the 証明書交付センター; whoever connects shows a certificate."""
