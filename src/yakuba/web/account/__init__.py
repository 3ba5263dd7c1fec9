"""The signed-in person's own pages (自分の設定): rights and their ends, second factor, password."""
