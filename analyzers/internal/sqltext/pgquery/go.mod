module github.com/mediacloud/mcwflint/analyzers/internal/sqltext/pgquery

go 1.26.0

replace github.com/mediacloud/mcwflint => ../../../..

require (
	github.com/mediacloud/mcwflint v0.0.0-00010101000000-000000000000
	github.com/pganalyze/pg_query_go/v6 v6.2.5
	google.golang.org/protobuf v1.33.0
)

require github.com/DataDog/go-sqllexer v0.2.6 // indirect
