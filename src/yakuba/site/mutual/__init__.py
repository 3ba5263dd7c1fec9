"""Listeners for machines (相互 TLS の受け口): web servers of their own; whoever connects shows a certificate."""
