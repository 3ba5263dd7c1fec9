"""Verification (真正性の確認): a page for everybody who holds a certificate and wants to know whether it is genuine."""
