-- The tables of the bad program.

-- The unique index keeps a second Kim out. It does not make the INSERT idempotent: a retried activity now fails with
-- 23505, on a row that it inserted itself.
CREATE TABLE kardashians (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    TEXT   NOT NULL,
    surname TEXT   NOT NULL,
    UNIQUE (name, surname)
);

-- Nothing keeps a second row of the same car out.
CREATE TABLE cars (
    id    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner TEXT   NOT NULL,
    plate TEXT   NOT NULL,
    model TEXT   NOT NULL
);
