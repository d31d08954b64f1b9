-- One row a day.
INSERT INTO facts (day, n)
VALUES ($1, $2)
