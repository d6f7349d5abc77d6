//! The folder the private Postgres lives in: made, owned by the right user, used by one program at a time.

use std::{
    fs::{self, DirBuilder, File, TryLockError},
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::error::{PostgresError, io};

/// A user to drop to: Postgres refuses to run as root.
#[derive(Debug, Clone)]
pub(super) struct RunAs {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// `DATA/postgres`, with the cluster in `data`, its socket in `run` and its log beside them.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) root: PathBuf,
    pub(super) run_as: Option<RunAs>,
}

impl Place {
    /// Makes the folders under `data` that are missing and checks the rest.
    pub(super) fn prepare(data: &Path) -> Result<Self, PostgresError> {
        let place = Self { root: data.join("postgres"), run_as: run_as()? };
        if place.socket().as_os_str().len() > 107 {
            return Err(PostgresError::PathTooLong(data.to_owned()));
        }
        // Other users pass through to their part, and see nothing on the way.
        let open = if place.run_as.is_some() { 0o711 } else { 0o700 };
        DirBuilder::new().recursive(true).mode(open).create(data).map_err(io("建立文件夹", data))?;
        place.check_reachable(data)?;
        for dir in [place.root.clone(), place.run()] {
            place.own(&dir)?;
        }
        place.check_owner(&place.cluster())?;
        Ok(place)
    }

    pub(super) fn cluster(&self) -> PathBuf {
        self.root.join("data")
    }

    pub(super) fn run(&self) -> PathBuf {
        self.root.join("run")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    fn socket(&self) -> PathBuf {
        self.run().join(".s.PGSQL.5432")
    }

    /// The major version that wrote the cluster; `None` when there is no cluster yet.
    pub(super) fn written_by(&self) -> Result<Option<String>, PostgresError> {
        let cluster = self.cluster();
        if let Ok(version) = fs::read_to_string(cluster.join("PG_VERSION")) {
            return Ok(Some(version.trim().to_owned()));
        }
        match fs::read_dir(&cluster).map(|mut entries| entries.next().is_some()) {
            Ok(true) => {
                Err(PostgresError::Broken { folder: cluster, reason: "其中没有文件 PG_VERSION".to_owned() })
            }
            _ => Ok(None),
        }
    }

    /// Holds the folder for this program until the file is dropped; `None` when another holds it.
    pub(super) fn lock(&self) -> Result<Option<File>, PostgresError> {
        let path = self.root.join("lock");
        let file = File::create(&path).map_err(io("建立文件", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(io("锁定文件", &path)(error)),
        }
    }

    /// A program that was killed leaves its Postgres shutting down: waits for that one to go.
    pub(super) fn wait_for_the_last_one(&self) -> Result<(), PostgresError> {
        let since = Instant::now();
        while let Some(server) = Postmaster::read(&self.cluster()) {
            let patience = if server.ready { 3 } else { 30 };
            if since.elapsed() > Duration::from_secs(patience) {
                return Err(PostgresError::InUse { folder: self.cluster(), by: format!("进程 {}", server.pid) });
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn own(&self, dir: &Path) -> Result<(), PostgresError> {
        if !dir.exists() {
            DirBuilder::new().mode(0o700).create(dir).map_err(io("建立文件夹", dir))?;
            if let Some(user) = &self.run_as {
                chown(dir, Some(user.uid), Some(user.gid)).map_err(io("移交文件夹", dir))?;
            }
        }
        self.check_owner(dir)?;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(io("设置权限", dir))
    }

    fn check_owner(&self, dir: &Path) -> Result<(), PostgresError> {
        let Ok(found) = fs::metadata(dir) else { return Ok(()) };
        let wanted = self.run_as.as_ref().map_or_else(|| rustix::process::geteuid().as_raw(), |user| user.uid);
        if found.uid() == wanted {
            return Ok(());
        }
        Err(PostgresError::NotOurs { folder: dir.to_owned(), owner: found.uid(), wanted })
    }

    /// Every folder on the way down must let the database user pass.
    fn check_reachable(&self, data: &Path) -> Result<(), PostgresError> {
        let Some(user) = &self.run_as else { return Ok(()) };
        let data = data.canonicalize().map_err(io("打开文件夹", data))?;
        for dir in data.ancestors() {
            let found = fs::metadata(dir).map_err(io("打开文件夹", dir))?;
            let needed = match (found.uid() == user.uid, found.gid() == user.gid) {
                (true, _) => 0o100,
                (_, true) => 0o010,
                _ => 0o001,
            };
            if found.mode() & needed == 0 {
                let (folder, barred) = (data.clone(), dir.to_owned());
                return Err(PostgresError::Unreachable { folder, barred, user: user.name.clone() });
            }
        }
        Ok(())
    }
}

/// What `postmaster.pid` says of a server that lives.
#[derive(Debug)]
pub(super) struct Postmaster {
    pub(super) pid: u32,
    /// The server's own word on its eighth line.
    pub(super) ready: bool,
}

impl Postmaster {
    /// `None` when no server lives there. A pid used again after a power cut must not block the start, so the process
    /// has to be a postgres.
    pub(super) fn read(cluster: &Path) -> Option<Self> {
        let text = fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
        let pid: u32 = text.lines().next()?.trim().parse().ok()?;
        let name = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
        (name.trim() == "postgres")
            .then(|| Self { pid, ready: text.lines().nth(7).is_some_and(|line| line.trim() == "ready") })
    }
}

/// Whom to drop to: nobody special unless we are root.
fn run_as() -> Result<Option<RunAs>, PostgresError> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").map_err(io("读取文件", "/etc/passwd"))?;
    let find = |name: &str| {
        let fields: Vec<&str> =
            users.lines().map(|line| line.split(':').collect()).find(|f: &Vec<&str>| f[0] == name)?;
        let (uid, gid) = (fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?);
        Some(RunAs { name: name.to_owned(), uid, gid })
    };
    find("postgres").or_else(|| find("nobody")).map(Some).ok_or(PostgresError::NoUser)
}
