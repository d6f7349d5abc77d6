//! A private Postgres that the program starts in its data folder when no `DATABASE_URL` is set, and that dies with it.
//!
//! It listens on a socket only the program's user can reach, so there is no port and no password to set. The superuser
//! it is made with serves to create the roles; see `db`.

mod binaries;
mod error;
mod place;

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::ErrorKind,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

pub use error::PostgresError;
use error::io;
use place::{Place, Postmaster};

const SUPERUSER: &str = "postgres";

/// How to reach the database as the user it was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuperuserOptions {
    /// The folder of the Unix socket.
    pub socket_dir: PathBuf,
    /// The superuser, who needs no password.
    pub user: &'static str,
    /// The database that is always there.
    pub database: &'static str,
}

/// Where the private Postgres lives and what runs it.
#[derive(Debug, Clone)]
pub struct PostgresSettings {
    /// The program's data folder; the cluster is in its subfolder `postgres`.
    pub data: PathBuf,
    /// `QUANXUE_PG_BIN`: the folder of the server's binaries, when it was set.
    pub binaries: Option<PathBuf>,
    /// The folders of `PATH`, looked through last.
    pub search: Vec<PathBuf>,
}

/// A running private Postgres. Dropping it stops the server, unless another program started it.
#[derive(Debug)]
pub struct PrivatePostgres {
    socket_dir: PathBuf,
    /// `None` when another program runs it.
    server: Option<Server>,
}

#[derive(Debug)]
struct Server {
    child: Child,
    /// Held as long as the server is ours.
    _lock: File,
}

impl PrivatePostgres {
    /// Starts the server, making its cluster at the first start; returns when it takes connections.
    ///
    /// Call it from the main thread before there is a runtime: the server is told to die when the *thread* that
    /// started it ends, and a runtime's threads end while the program lives.
    ///
    /// Another program that uses the folder is an error: see [`Self::start_or_join`].
    pub fn start(settings: &PostgresSettings) -> Result<Self, PostgresError> {
        let place = Place::prepare(&settings.data)?;
        let Some(lock) = place.lock()? else { return Err(in_use(&place, settings)) };
        Self::start_in(&place, lock, settings)
    }

    /// As [`Self::start`]; when another program already runs the server, uses that one and leaves it running: for
    /// commands given beside a running service.
    pub fn start_or_join(settings: &PostgresSettings) -> Result<Self, PostgresError> {
        let place = Place::prepare(&settings.data)?;
        let since = Instant::now();
        loop {
            if let Some(lock) = place.lock()? {
                return Self::start_in(&place, lock, settings);
            }
            if Postmaster::read(&place.cluster()).is_some_and(|server| server.ready) {
                return Ok(Self { socket_dir: place.run(), server: None });
            }
            if since.elapsed() > Duration::from_mins(1) {
                return Err(PostgresError::NotReady(place.log()));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Deletes the cluster, unless a program uses it.
    pub fn erase(settings: &PostgresSettings) -> Result<(), PostgresError> {
        let place = Place::prepare(&settings.data)?;
        let Some(_lock) = place.lock()? else { return Err(in_use(&place, settings)) };
        place.wait_for_the_last_one()?;
        fs::remove_dir_all(&place.root).map_err(io("删除文件夹", &place.root))
    }

    /// Whether this program started the server, and not another that it joined.
    pub fn is_ours(&self) -> bool {
        self.server.is_some()
    }

    /// How to connect as the superuser.
    pub fn superuser_options(&self) -> SuperuserOptions {
        SuperuserOptions { socket_dir: self.socket_dir.clone(), user: SUPERUSER, database: "postgres" }
    }

    fn start_in(place: &Place, lock: File, settings: &PostgresSettings) -> Result<Self, PostgresError> {
        let written_by = place.written_by()?;
        let binaries =
            binaries::find(settings.binaries.as_deref(), &settings.search, written_by.as_deref(), &place.cluster())?;
        if written_by.is_none() {
            initialise(place, &binaries)?;
        }
        place.wait_for_the_last_one()?;
        let mut server = Server { child: spawn(place, &binaries)?, _lock: lock };
        server.wait_until_ready(place)?;
        Ok(Self { socket_dir: place.run(), server: Some(server) })
    }
}

fn in_use(place: &Place, settings: &PostgresSettings) -> PostgresError {
    let by =
        Postmaster::read(&place.cluster()).map_or("正在启动".to_owned(), |server| format!("进程 {}", server.pid));
    PostgresError::InUse { folder: settings.data.clone(), by }
}

impl Server {
    fn wait_until_ready(&mut self, place: &Place) -> Result<(), PostgresError> {
        let since = Instant::now();
        while since.elapsed() < Duration::from_mins(1) {
            let ended = self.child.try_wait().map_err(io("等待数据库", place.cluster()))?;
            if ended.is_some() {
                return Err(PostgresError::Broken { folder: place.cluster(), reason: last_word(&place.log()) });
            }
            if Postmaster::read(&place.cluster()).is_some_and(|server| server.ready && server.pid == self.child.id()) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(PostgresError::NotReady(place.log()))
    }

    fn signal(&self, signal: rustix::process::Signal) {
        // It may have gone by itself, which is what we want.
        let _gone = rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), signal);
    }
}

impl Drop for Server {
    /// A fast shutdown; after half a minute an immediate one, from which the next start recovers.
    fn drop(&mut self) {
        self.signal(rustix::process::Signal::INT);
        let since = Instant::now();
        while let Ok(None) = self.child.try_wait() {
            if since.elapsed() > Duration::from_secs(30) {
                self.signal(rustix::process::Signal::QUIT);
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Makes the cluster beside its place and moves it there when whole: a kill on the way leaves nothing half made.
fn initialise(place: &Place, binaries: &Path) -> Result<(), PostgresError> {
    let (cluster, unfinished) = (place.cluster(), place.root.join("data.init"));
    for (dir, removed) in [(&unfinished, fs::remove_dir_all(&unfinished)), (&cluster, fs::remove_dir(&cluster))] {
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(io("清理文件夹", dir)(error)),
            _ => (),
        }
    }
    let output = command(place, &binaries.join("initdb"))
        .arg("-D")
        .arg(&unfinished)
        .args(["-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--no-instructions"])
        .output()
        .map_err(not_started)?;
    if !output.status.success() {
        return Err(PostgresError::Initdb(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    fs::rename(&unfinished, &cluster).map_err(io("移动文件夹", &unfinished))
}

fn spawn(place: &Place, binaries: &Path) -> Result<Child, PostgresError> {
    let log = place.log();
    let _first_start = fs::rename(&log, place.root.join("postgres.previous.log"));
    let out = File::create(&log).map_err(io("建立文件", &log))?;
    let err = out.try_clone().map_err(io("建立文件", &log))?;
    command(place, &binaries.join("postgres"))
        .arg("-D")
        .arg(place.cluster())
        .arg("-k")
        .arg(place.run())
        .args(["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "logging_collector=off"])
        .args(["-c", "shared_buffers=128MB", "-c", "max_connections=50"])
        // The log goes to no one who may see children: no statements, no rows in its messages.
        .args(["-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse"])
        .stdout(out)
        .stderr(err)
        // Ctrl-C in the terminal is for the program alone, which then stops the server in good order.
        .process_group(0)
        .spawn()
        .map_err(not_started)
}

/// A command under the user Postgres may run as, told to shut down (SIGINT) when this thread ends, `kill -9` included.
/// The shell closes the gap before that order is in place: it goes on only if its parent is still this program.
fn command(place: &Place, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if let Some(user) = &place.run_as {
        command.args(["--reuid", &user.uid.to_string(), "--regid", &user.gid.to_string(), "--clear-groups"]);
    }
    command
        .args(["--pdeathsig", "INT", "--", "sh", "-c", r#"[ "$PPID" = "$1" ] && shift && exec "$@""#, "sh"])
        .arg(std::process::id().to_string())
        .arg::<&OsStr>(program.as_ref())
        .env_clear()
        .envs([("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"), ("LC_ALL", "C.UTF-8"), ("TZ", "UTC")])
        .current_dir(&place.root)
        .stdin(Stdio::null());
    command
}

fn not_started(error: std::io::Error) -> PostgresError {
    match error.kind() {
        ErrorKind::NotFound => PostgresError::NoSetpriv,
        _ => io("运行", "setpriv")(error),
    }
}

/// The last thing the server said that was an error.
fn last_word(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let said = |line: &&str| ["FATAL", "PANIC", "ERROR", "postgres:"].iter().any(|word| line.contains(word));
    let line = text.lines().rev().find(said).or_else(|| text.lines().next_back()).unwrap_or("没有留下记录");
    line.trim().trim_end_matches('.').to_owned()
}
