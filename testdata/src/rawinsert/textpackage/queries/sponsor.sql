INSERT INTO sponsors (name)
VALUES ($1)
