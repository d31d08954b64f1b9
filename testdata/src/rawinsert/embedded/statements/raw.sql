-- One row a day.
INSERT INTO events (day, n)
VALUES ($1, $2)
