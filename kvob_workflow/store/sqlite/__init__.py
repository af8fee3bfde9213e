"""How are events kept in SQLite? Read `store` first."""
