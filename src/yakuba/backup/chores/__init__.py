"""What the centre does by itself, for every municipality that has a plan."""
