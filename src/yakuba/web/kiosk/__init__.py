"""コンビニ交付: the API of the 証明書交付センター, which has a door of its own and is no part of the staff's site."""
