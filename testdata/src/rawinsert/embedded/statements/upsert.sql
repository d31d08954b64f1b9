INSERT INTO events (day, n)
VALUES ($1, $2)
ON CONFLICT (day) DO UPDATE SET n = excluded.n
