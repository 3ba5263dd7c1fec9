"""Migration (データ移行): any vendor's dump becomes standard-layout rows, with every row and cell accounted for."""
