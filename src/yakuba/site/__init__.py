"""The site: settings, addresses, the program that the web server runs."""
