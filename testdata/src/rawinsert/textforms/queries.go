package textforms

// The statements that are used in more than one file.
const (
	insertShow = "INSERT INTO shows (title) VALUES ($1)" // want `INSERT into shows without`
	upsertShow = "INSERT INTO shows (title) VALUES ($1) ON CONFLICT (title) DO NOTHING"
	// insertUnused is never run by an activity.
	insertUnused = "INSERT INTO shows (title) VALUES ('pilot')"
)
