package determinism

import (
	"go/types"
	"slices"
	"strings"
	"sync"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// The tables decide about functions whose source is not part of the program. A line is a
// cause, the path of a package, a colon, and the names of functions: Func, Type.Method,
// Type.* for all methods of a type, or * for all functions that are no methods. A name after
// a minus sign is left out. A path that ends in /... stands for all packages below it; the
// major version at the end of a path does not count.
//
// What is not in a table differs in nothing, or not in what a workflow does: output (File.Write,
// fmt.Print, loggers, metrics) is repeated on a replay, and nothing reads it back.

// standard is the standard library.
const standard = `
clock time: Now Since Until
sleep time: Sleep
timer time: After AfterFunc Tick NewTimer NewTicker
deadline context: WithTimeout WithDeadline WithTimeoutCause WithDeadlineCause AfterFunc

# Package-level functions share a generator with a random seed. New takes a source, and so its
# seed, from the caller.
random math/rand: * -New -NewSource -NewZipf
random math/rand/v2: * -New -NewPCG -NewChaCha8 -NewZipf
random crypto/rand: *
random hash/maphash: MakeSeed Bytes String Comparable Hash.Sum64 Hash.Sum Hash.Seed
random crypto/ecdsa: GenerateKey Sign SignASN1 PrivateKey.Sign
random crypto/ed25519: GenerateKey
random crypto/rsa: GenerateKey GenerateMultiPrimeKey EncryptOAEP EncryptPKCS1v15 SignPSS PrivateKey.Sign

goroutine sync: WaitGroup.Go
wait sync: WaitGroup.Wait Cond.Wait
channel reflect: Select Value.Recv Value.Send Value.TryRecv Value.TrySend

# What the process was started with, and the file system. Write and Close of a file that is
# open are not listed: it had to be opened.
world os: Chdir Chmod Chown Chtimes Clearenv CopyFS Create CreateTemp Environ Executable ExpandEnv FindProcess
world os: Getegid Getenv Geteuid Getgid Getgroups Getpagesize Getpid Getppid Getuid Getwd Hostname Lchown Link LookupEnv Lstat
world os: Mkdir MkdirAll MkdirTemp Open OpenFile OpenInRoot OpenRoot Pipe ReadDir ReadFile Readlink Remove RemoveAll Rename
world os: Setenv StartProcess Stat Symlink TempDir Truncate Unsetenv UserCacheDir UserConfigDir UserHomeDir WriteFile
world os: File.Chdir File.Read File.ReadAt File.ReadDir File.Readdir File.Readdirnames File.ReadFrom Process.Kill Process.Signal Process.Wait Root.*
world io/ioutil: ReadFile WriteFile ReadDir TempFile TempDir
world path/filepath: Abs EvalSymlinks Glob Walk WalkDir
world os/exec: LookPath Cmd.Environ Cmd.StderrPipe Cmd.StdinPipe Cmd.StdoutPipe Cmd.CombinedOutput Cmd.Output Cmd.Run Cmd.Start Cmd.Wait
world os/user: Current Lookup LookupGroup LookupGroupId LookupId
world os/signal: Ignore Notify NotifyContext Reset
world syscall: Clearenv Creat Setenv Setrlimit Unsetenv Getenv Environ Exec ForkExec Getpid Getppid Kill Open Read StartProcess Stat Write
world runtime: NumCPU NumGoroutine GOMAXPROCS NumCgoCall ReadMemStats
world runtime/debug: ReadGCStats
world plugin: Open

world net: Dial DialIP DialTCP DialTimeout DialUDP DialUnix Listen ListenIP ListenMulticastUDP ListenPacket ListenTCP ListenUDP
world net: ListenUnix ListenUnixgram Interfaces InterfaceAddrs InterfaceByIndex InterfaceByName FileConn FileListener
world net: LookupAddr LookupCNAME LookupHost LookupIP LookupMX LookupNS LookupPort LookupSRV LookupTXT Dialer.* ListenConfig.* Resolver.*
world net: ResolveIPAddr ResolveTCPAddr ResolveUDPAddr Conn.Read Conn.Write FilePacketConn Interface.MulticastAddrs
world net: IPConn.* TCPConn.* UDPConn.* UnixConn.* TCPListener.Accept TCPListener.AcceptTCP UnixListener.Accept UnixListener.AcceptUnix Listener.Accept
world net/http: Get Head Post PostForm ListenAndServe ListenAndServeTLS Serve ServeTLS Client.Do Client.Get Client.Head Client.Post Client.PostForm
world net/http: Server.ListenAndServe Server.ListenAndServeTLS Server.Serve Server.ServeTLS Transport.RoundTrip RoundTripper.RoundTrip
world net/http: Server.Close Server.Shutdown ClientConn.* Transport.NewClientConn Dir.Open ServeFile
world net/http/cgi: Handler.ServeHTTP Request Serve
world net/http/fcgi: Serve
world net/http/httputil: DumpRequestOut ReverseProxy.ServeHTTP ClientConn.* ServerConn.*
world net/rpc/jsonrpc: Dial NewClient ServeConn
world net/textproto: Dial Conn.Cmd Pipeline.StartRequest Pipeline.StartResponse
world net/rpc: Dial DialHTTP DialHTTPPath Client.Call Client.Go Accept NewClient NewClientWithCodec ServeCodec ServeConn Server.Accept Server.ServeCodec Server.ServeConn Server.ServeHTTP
world net/smtp: Dial SendMail Client.*
world crypto/tls: Dial DialWithDialer Dialer.* LoadX509KeyPair Listen Conn.* QUICConn.*
world crypto/x509: SystemCertPool
world log/syslog: Dial New NewLogger Writer.*
world database/sql: DB.Begin DB.BeginTx DB.Conn DB.Exec DB.ExecContext DB.Ping DB.PingContext DB.Prepare DB.PrepareContext DB.Query DB.QueryContext
world archive/zip: OpenReader
world debug/buildinfo: ReadFile
world debug/elf: Open
world debug/macho: Open OpenFat
world debug/pe: Open
world debug/plan9obj: Open
world go/build: Import ImportDir Context.Import Context.ImportDir Context.MatchFile Context.SrcDirs
world go/parser: ParseDir
world html/template: ParseFiles ParseGlob Template.ParseFiles Template.ParseGlob
world text/template: ParseFiles ParseGlob Template.ParseFiles Template.ParseGlob
world mime/multipart: FileHeader.Open Form.RemoveAll Reader.ReadForm
random mime/multipart: NewWriter
clock crypto/x509: Certificate.Verify
clock net/http/cookiejar: Jar.Cookies Jar.SetCookies
wait io: PipeReader.Read PipeWriter.Write

world database/sql: DB.QueryRow DB.QueryRowContext DB.Stats Tx.* -Tx.Stmt -Tx.StmtContext Stmt.* -Stmt.Close Conn.* -Conn.Close Rows.Next
`

// modules are modules that workflow code calls, or that its helpers call.
const modules = `
# Identifiers made anew. Parse, and those computed from a name (NewSHA1, NewV3, NewV5), are the
# same every time.
random github.com/google/uuid: New NewString NewRandom NewRandomFromReader NewUUID NewV6 NewV7 NewV7FromReader NewDCEGroup NewDCEPerson NewDCESecurity
random github.com/gofrs/uuid: NewV1 NewV2 NewV4 NewV6 NewV7 NewV1AtTime NewV6AtTime NewV7AtTime Gen.NewV1 Gen.NewV4 Gen.NewV6 Gen.NewV7
random github.com/satori/go.uuid: NewV1 NewV2 NewV4
random github.com/pborman/uuid: New NewRandom NewUUID NewDCEGroup NewDCEPerson NewDCESecurity
random github.com/hashicorp/go-uuid: GenerateUUID GenerateUUIDWithReader GenerateRandomBytes GenerateRandomBytesWithReader
random github.com/nu7hatch/gouuid: NewV4
random github.com/segmentio/ksuid: New NewRandom NewRandomWithTime
random github.com/rs/xid: New NewWithTime
random github.com/oklog/ulid: Make Now DefaultEntropy
random github.com/matoous/go-nanoid: * -CustomASCII
random github.com/jaevor/go-nanoid: Standard CustomUnicode CustomASCII Canonic ASCII
random github.com/sony/sonyflake: Sonyflake.NextID
random github.com/bwmarrin/snowflake: Node.Generate
random github.com/teris-io/shortid: Generate MustGenerate Shortid.Generate Shortid.MustGenerate
random github.com/lithammer/shortuuid: New NewWithEncoder NewWithAlphabet
random github.com/nats-io/nuid: Next NUID.Next
random github.com/dchest/uniuri: *
random github.com/thanhpk/randstr: *
random go.jetify.com/typeid: WithPrefix Generate MustGenerate New Must
random go.mongodb.org/mongo-driver/bson/primitive: NewObjectID
random go.mongodb.org/mongo-driver/v2/bson: NewObjectID
random k8s.io/apimachinery/pkg/util/uuid: NewUUID
random k8s.io/apimachinery/pkg/util/rand: Int Intn IntnRange IntRange Int63nRange Perm String
random golang.org/x/exp/rand: * -New -NewSource -NewZipf
random github.com/samber/lo: Sample Samples SampleBy SamplesBy Shuffle RandomString
random github.com/samber/lo/mutable: Shuffle
random golang.org/x/crypto/bcrypt: GenerateFromPassword
random github.com/brianvoe/gofakeit: * -New -NewCustom -NewUnlocked -NewCrypto

goroutine golang.org/x/sync/errgroup: Group.Go Group.TryGo
goroutine github.com/samber/lo: Async Async0 Async1 Async2 Async3
goroutine github.com/samber/lo/parallel: *
goroutine github.com/sourcegraph/conc: WaitGroup.Go
goroutine github.com/sourcegraph/conc/pool: Pool.Go ErrorPool.Go ContextPool.Go ResultPool.Go ResultErrorPool.Go ResultContextPool.Go
goroutine github.com/sourcegraph/conc/iter: ForEach ForEachIdx Map MapErr
goroutine github.com/panjf2000/ants: Submit Pool.Submit PoolWithFunc.Invoke
goroutine github.com/alitto/pond: WorkerPool.Submit
goroutine github.com/oklog/run: Group.Run
wait golang.org/x/sync/errgroup: Group.Wait
wait golang.org/x/sync/singleflight: Group.Do Group.DoChan
wait golang.org/x/sync/semaphore: Weighted.Acquire
wait github.com/sourcegraph/conc: WaitGroup.Wait WaitGroup.WaitAndRecover

# Clocks that a test can set are real ones in a worker, if they come from these modules.
clock github.com/jonboulle/clockwork: Clock.Now Clock.Since Clock.Until
clock github.com/benbjohnson/clock: Clock.Now Clock.Since Clock.Until
clock k8s.io/utils/clock: PassiveClock.Now PassiveClock.Since RealClock.Now RealClock.Since
clock github.com/facebookgo/clock: Clock.Now
clock golang.org/x/time/rate: Limiter.Allow Limiter.AllowN Limiter.Reserve
clock google.golang.org/protobuf/types/known/timestamppb: Now
sleep golang.org/x/time/rate: Limiter.Wait Limiter.WaitN
sleep go.uber.org/ratelimit: Limiter.Take
sleep github.com/jonboulle/clockwork: Clock.Sleep
sleep github.com/benbjohnson/clock: Clock.Sleep
sleep k8s.io/utils/clock: Clock.Sleep RealClock.Sleep
timer github.com/jonboulle/clockwork: Clock.After Clock.AfterFunc Clock.NewTimer Clock.NewTicker
timer github.com/benbjohnson/clock: Clock.After Clock.AfterFunc Clock.Tick Clock.Ticker Clock.Timer

# Retry loops sleep between attempts.
sleep github.com/cenkalti/backoff: Retry RetryNotify RetryNotifyWithTimer RetryWithData RetryNotifyWithData
sleep github.com/avast/retry-go: Do DoWithData
sleep github.com/sethvargo/go-retry: Do DoValue
sleep k8s.io/apimachinery/pkg/util/wait: *
sleep github.com/Rican7/retry: Retry

world github.com/hashicorp/go-retryablehttp: Get Head Post PostForm Client.Do Client.Get Client.Head Client.Post Client.PostForm
world github.com/go-resty/resty: Request.Get Request.Post Request.Put Request.Patch Request.Delete Request.Head Request.Options Request.Execute Request.Send
world github.com/valyala/fasthttp: Do DoTimeout DoDeadline Get GetTimeout Post Client.Do Client.DoTimeout Client.Get Client.Post
world google.golang.org/grpc: Dial DialContext ClientConn.Invoke ClientConn.NewStream ClientConnInterface.Invoke ClientConnInterface.NewStream
world github.com/jackc/pgx: Connect ConnectConfig Conn.Exec Conn.Query Conn.QueryRow Conn.Begin Conn.BeginTx Conn.SendBatch Conn.CopyFrom Conn.Ping Conn.Prepare
world github.com/jackc/pgx: Tx.Exec Tx.Query Tx.QueryRow Tx.Begin Tx.SendBatch Tx.CopyFrom Tx.Commit Tx.Rollback BeginFunc BeginTxFunc
world github.com/jackc/pgx/v5/pgxpool: New NewWithConfig Pool.Acquire Pool.AcquireFunc Pool.Begin Pool.BeginTx Pool.CopyFrom Pool.Exec Pool.Ping Pool.Query Pool.QueryRow Pool.SendBatch
world github.com/jackc/pgx/v4/pgxpool: Connect ConnectConfig Pool.Acquire Pool.Begin Pool.BeginTx Pool.CopyFrom Pool.Exec Pool.Ping Pool.Query Pool.QueryRow Pool.SendBatch
world github.com/jmoiron/sqlx: Connect ConnectContext MustConnect Get GetContext Select SelectContext DB.Get DB.GetContext DB.Select DB.SelectContext DB.NamedExec DB.NamedExecContext DB.NamedQuery DB.NamedQueryContext
world github.com/jmoiron/sqlx: DB.Queryx DB.QueryxContext DB.QueryRowx DB.QueryRowxContext DB.Beginx DB.BeginTxx DB.MustExec DB.MustBegin Tx.Get Tx.GetContext Tx.Select Tx.SelectContext Tx.NamedExec Tx.NamedExecContext Tx.MustExec
world gorm.io/gorm: Open DB.Create DB.CreateInBatches DB.Save DB.First DB.Take DB.Last DB.Find DB.FindInBatches DB.FirstOrInit DB.FirstOrCreate DB.Update DB.Updates DB.UpdateColumn DB.UpdateColumns
world gorm.io/gorm: DB.Delete DB.Count DB.Row DB.Rows DB.Scan DB.Pluck DB.Exec DB.Connection DB.Transaction DB.Begin DB.Commit DB.Rollback DB.AutoMigrate
world github.com/uptrace/bun: SelectQuery.Exec SelectQuery.Scan SelectQuery.Count SelectQuery.Exists SelectQuery.ScanAndCount InsertQuery.Exec InsertQuery.Scan UpdateQuery.Exec DeleteQuery.Exec RawQuery.Exec RawQuery.Scan DB.RunInTx
world github.com/redis/go-redis: Client.* cmdable.* Cmdable.* -Client.Close
world github.com/go-redis/redis: Client.* cmdable.* Cmdable.* -Client.Close
world github.com/gomodule/redigo/redis: Dial DialURL Conn.Do Conn.Send Conn.Receive Pool.Get
world go.mongodb.org/mongo-driver/mongo: Connect Client.* Collection.* Database.RunCommand Cursor.Next Cursor.All
world go.mongodb.org/mongo-driver/v2/mongo: Connect Client.* Collection.* Database.RunCommand Cursor.Next Cursor.All
world github.com/gocql/gocql: Query.Exec Query.Iter Query.Scan Session.ExecuteBatch ClusterConfig.CreateSession
world github.com/segmentio/kafka-go: Reader.FetchMessage Reader.ReadMessage Writer.WriteMessages Dial DialContext DialLeader
world github.com/nats-io/nats.go: Connect Conn.Publish Conn.PublishMsg Conn.Request Conn.Subscribe Conn.QueueSubscribe
world github.com/rabbitmq/amqp091-go: Dial Channel.Publish Channel.PublishWithContext Channel.Consume
world github.com/aws/aws-sdk-go-v2/service/...: Client.*
world github.com/aws/aws-sdk-go-v2/config: LoadDefaultConfig
world github.com/aws/aws-sdk-go/service/s3: S3.*
world cloud.google.com/go/storage: NewClient ObjectHandle.NewReader ObjectHandle.NewWriter ObjectHandle.Attrs ObjectHandle.Delete
world github.com/spf13/viper: ReadInConfig WatchConfig ReadRemoteConfig Viper.ReadInConfig Viper.WatchConfig AllSettings Get GetBool GetDuration GetFloat64 GetInt GetInt64
world github.com/spf13/viper: GetIntSlice GetString GetStringMap GetStringMapString GetStringSlice GetTime GetUint IsSet Unmarshal UnmarshalKey Viper.Get Viper.GetBool
world github.com/spf13/viper: Viper.GetDuration Viper.GetFloat64 Viper.GetInt Viper.GetInt64 Viper.GetIntSlice Viper.GetString Viper.GetStringMap Viper.GetStringMapString
world github.com/spf13/viper: Viper.GetStringSlice Viper.GetTime Viper.GetUint Viper.IsSet Viper.Unmarshal Viper.UnmarshalKey
world github.com/joho/godotenv: Load Overload Read
world github.com/kelseyhightower/envconfig: Process MustProcess
world github.com/caarlos0/env: Parse ParseAs ParseWithOptions
world k8s.io/client-go/rest: InClusterConfig Request.Do Request.DoRaw Request.Stream
world github.com/slack-go/slack: Client.*
world github.com/stripe/stripe-go: Call
world github.com/docker/docker/client: Client.*

# Temporal's own client, in a workflow: that is what child workflows and activities are for.
world go.temporal.io/sdk/client: Client.* -Client.Close WorkflowRun.Get WorkflowRun.GetWithOptions ScheduleClient.* ScheduleHandle.* WorkflowUpdateHandle.Get
`

var causes = map[string]int{
	"clock": Clock, "sleep": Sleep, "timer": Timer, "deadline": Deadline, "random": Random,
	"goroutine": Goroutine, "channel": Channel, "wait": Wait, "world": World,
}

// A decision is what a table says of one package: causes by name, 0 for what is left out.
type decision map[string]int

// tables are the decisions by the path of the package, without a major version at its end.
var tables = sync.OnceValue(func() map[string]decision {
	t := make(map[string]decision)
	for line := range strings.Lines(standard + modules) {
		head, names, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		cause, path, _ := strings.Cut(head, " ")
		path = withoutMajor(path)
		d := t[path]
		if d == nil {
			d = make(decision)
			t[path] = d
		}
		for name := range strings.FieldsSeq(names) {
			if left, ok := strings.CutPrefix(name, "-"); ok {
				d[left] = 0
			} else {
				d[name] = causes[cause]
			}
		}
	}
	return t
})

// withoutMajor cuts the major version from the end of a path, but not from that of
// math/rand/v2, whose functions are others.
func withoutMajor(path string) string {
	i := strings.LastIndex(path, "/v")
	if i < 0 || path == "math/rand/v2" || len(path) == i+2 || strings.Trim(path[i+2:], "0123456789") != "" {
		return path
	}
	return path[:i]
}

// causeOf says in what a function differs, 0 if in nothing that is known.
func (r *reader) causeOf(fn *types.Func) int {
	if fn.Pkg() == nil {
		return 0
	}
	if len(Deny) > 0 && slices.Contains(Deny, keys.Func(fn)) {
		return Denied
	}
	if sdk.IsClientConstructor(fn) {
		return 0 // clientreuse reports it
	}
	d, ok := r.decisions[fn.Pkg()]
	if !ok {
		d = decisionOf(keys.Path(fn.Pkg()))
		r.decisions[fn.Pkg()] = d
	}
	if d == nil {
		return 0
	}
	return d.cause(keys.Owner(fn))
}

// decisionOf is what the tables say of a package, nil if nothing.
func decisionOf(path string) decision {
	if d, ok := tables()[withoutMajor(path)]; ok {
		return d
	}
	for i := strings.LastIndexByte(path, '/'); i >= 0; i = strings.LastIndexByte(path, '/') {
		path = path[:i]
		if d, ok := tables()[path+"/..."]; ok {
			return d
		}
	}
	return nil
}

// cause is what a decision says of a function, 0 if nothing.
func (d decision) cause(name string) int {
	if cause, ok := d[name]; ok {
		return cause
	}
	if owner, _, ok := strings.Cut(name, "."); ok {
		return d[owner+".*"]
	}
	return d["*"]
}

// Listed reports whether the tables decide about a function, by the path of its package and
// its name: it differs, or is left out on purpose.
func Listed(path, name string) bool {
	d, ok := tables()[withoutMajor(path)]
	if !ok {
		return false
	}
	_, named := d[name]
	return named || d.cause(name) != 0
}

// Named are the functions that the tables name one by one, by the path of the package.
func Named(path string) []string {
	var list []string
	for name := range tables()[withoutMajor(path)] {
		if !strings.HasSuffix(name, "*") {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}
