//! The private Postgres from outside: it starts, is used by one, dies with its program, and says what is wrong.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::{
        fs::{PermissionsExt, chown},
        net::UnixStream,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use quanxue::postgres::{PostgresError, PostgresSettings, PrivatePostgres};

/// A data folder of its own that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quanxue-pg-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self(path)
    }

    fn cluster(&self) -> PathBuf {
        self.0.join("postgres/data")
    }

    fn settings(&self) -> PostgresSettings {
        PostgresSettings { data: self.0.clone(), binaries: None, search: Vec::new() }
    }

    fn start(&self) -> Result<PrivatePostgres, PostgresError> {
        PrivatePostgres::start(&self.settings())
    }

    fn answers(&self) -> bool {
        UnixStream::connect(self.0.join("postgres/run/.s.PGSQL.5432")).is_ok()
    }

    /// A program of its own that runs the server until it is killed.
    fn held_by_a_program(&self) -> Child {
        let mut program = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "postgres::holds_a_server_until_it_is_killed", "--nocapture"])
            .env("QUANXUE_TEST_HOLD", &self.0)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(program.stdout.take().unwrap());
        assert!(output.lines().any(|line| line.unwrap().contains("held")), "the program did not start a server");
        program
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

fn server_pid(cluster: &Path) -> u32 {
    fs::read_to_string(cluster.join("postmaster.pid")).unwrap().lines().next().unwrap().parse().unwrap()
}

fn lives(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

fn am_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|found| std::os::unix::fs::MetadataExt::uid(&found) == 0)
}

#[test]
#[ignore = "the tests here run it as a program of its own, to kill it"]
#[expect(clippy::print_stdout, reason = "the word the parent waits for")]
fn holds_a_server_until_it_is_killed() {
    let data = std::env::var_os("QUANXUE_TEST_HOLD").unwrap().into();
    let _server = PrivatePostgres::start(&PostgresSettings { data, binaries: None, search: Vec::new() }).unwrap();
    println!("held");
    thread::sleep(Duration::from_mins(2));
}

#[test]
fn starts_from_nothing_and_stops_when_dropped() {
    let folder = Folder::new("starts");
    let server = folder.start().unwrap();
    assert!(folder.answers());
    assert_eq!(server.superuser_options().socket_dir, folder.0.join("postgres/run"));
    let pid = server_pid(&folder.cluster());
    drop(server);
    assert!(!folder.answers());
    assert!(!lives(pid));
    let again = Instant::now();
    drop(folder.start().unwrap());
    assert!(again.elapsed() < Duration::from_secs(10), "{:?}", again.elapsed());
}

#[test]
fn a_killed_program_leaves_no_server_and_the_next_start_waits_for_it() {
    let folder = Folder::new("killed");
    let mut program = folder.held_by_a_program();
    let pid = server_pid(&folder.cluster());
    program.kill().unwrap(); // SIGKILL: it can do nothing about it
    program.wait().unwrap();
    let server = folder.start().unwrap();
    assert!(!lives(pid));
    assert_ne!(server_pid(&folder.cluster()), pid);
    drop(server);
}

#[test]
fn a_folder_in_use_is_refused_to_a_second_service_and_joined_by_a_command() {
    let folder = Folder::new("in-use");
    let mut program = folder.held_by_a_program();
    let pid = server_pid(&folder.cluster());
    let refused = folder.start().unwrap_err();
    assert!(matches!(refused, PostgresError::InUse { .. }), "{refused}");
    assert!(refused.to_string().contains(folder.0.to_str().unwrap()), "{refused}");
    drop(PrivatePostgres::start_or_join(&folder.settings()).unwrap());
    assert!(lives(pid), "a command that joined has stopped the service's server");
    program.kill().unwrap();
    program.wait().unwrap();
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let folder = Folder::new("other");
    drop(folder.start().unwrap());
    fs::remove_file(folder.cluster().join("PG_VERSION")).unwrap();
    let refused = folder.start().unwrap_err();
    assert!(matches!(refused, PostgresError::Broken { .. }), "{refused}");
    assert!(folder.cluster().join("base").exists(), "what was there is gone");
}

#[test]
fn a_damaged_cluster_is_named_with_what_the_server_says_of_it() {
    let folder = Folder::new("damaged");
    drop(folder.start().unwrap());
    fs::write(folder.cluster().join("global/pg_control"), "").unwrap();
    let PostgresError::Broken { reason, .. } = folder.start().unwrap_err() else { panic!("not called broken") };
    assert!(reason.contains("pg_control"), "{reason}");
}

#[test]
fn a_cluster_of_a_version_not_installed_says_which_to_install() {
    let folder = Folder::new("version");
    drop(folder.start().unwrap());
    fs::write(folder.cluster().join("PG_VERSION"), "9\n").unwrap();
    let refused = folder.start().unwrap_err().to_string();
    assert!(refused.contains("postgresql-9"), "{refused}");
}

#[test]
fn binaries_that_were_set_and_are_none_are_refused() {
    let folder = Folder::new("binaries");
    let settings = PostgresSettings { binaries: Some("/usr".into()), ..folder.settings() };
    let refused = PrivatePostgres::start(&settings).unwrap_err();
    assert!(matches!(refused, PostgresError::NotBinaries(_)), "{refused}");
}

#[test]
fn a_path_too_long_for_a_socket_is_refused() {
    let folder = Folder::new("long");
    let settings = PostgresSettings { data: folder.0.join("long".repeat(30)), ..folder.settings() };
    let refused = PrivatePostgres::start(&settings).unwrap_err();
    assert!(matches!(refused, PostgresError::PathTooLong(_)), "{refused}");
}

#[test]
fn a_folder_of_another_user_is_refused_and_one_behind_a_closed_door_too() {
    if !am_root() {
        return; // only root can make either
    }
    let folder = Folder::new("owner");
    fs::create_dir(folder.0.join("postgres")).unwrap();
    chown(folder.0.join("postgres"), Some(1), Some(1)).unwrap();
    let refused = folder.start().unwrap_err();
    assert!(matches!(refused, PostgresError::NotOurs { owner: 1, .. }), "{refused}");

    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o700)).unwrap();
    let settings = PostgresSettings { data: folder.0.join("inside"), ..folder.settings() };
    let refused = PrivatePostgres::start(&settings).unwrap_err();
    assert!(matches!(&refused, PostgresError::Unreachable { barred, .. } if *barred == folder.0), "{refused}");
}
