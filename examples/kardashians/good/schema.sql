-- The tables of the good program: each has a key that a repeated INSERT runs into.

CREATE TABLE kardashians (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    TEXT   NOT NULL,
    surname TEXT   NOT NULL,
    UNIQUE (name, surname)
);

CREATE TABLE cars (
    plate TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    model TEXT NOT NULL
);

-- The key names the execution of the activity that invites.
CREATE TABLE invitations (
    key      TEXT PRIMARY KEY,
    guest    TEXT NOT NULL,
    reply_to TEXT NOT NULL
);

-- Too large for a payload, so workflows pass the key.
CREATE TABLE transcripts (
    key  TEXT  PRIMARY KEY,
    body BYTEA NOT NULL
);
