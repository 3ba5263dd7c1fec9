"""Registry (住民・世帯・各業務の記録): every row of every business with its history; what a town is served from."""
