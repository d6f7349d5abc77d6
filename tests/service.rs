//! `quanxue serve` and `quanxue demo` as programs: they come up, answer, say what is in the way, and leave nothing.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Output, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quanxue-service-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self(path)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quanxue"));
        // Each has the database that it starts itself, whatever the shell is set to.
        command.args(args).env_remove("DATABASE_URL").env("QUANXUE_DATA", &self.0);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

/// A program that serves, and the address it said.
struct Service {
    child: Child,
    /// Kept open: a program that can tell nobody that it serves ends.
    _output: BufReader<ChildStdout>,
    address: String,
}

impl Service {
    fn start(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::inherit()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let line = output
            .by_ref()
            .lines()
            .find_map(|line| line.unwrap().split_once("http://").map(|(_, rest)| rest.to_owned()))
            .unwrap();
        let address = line.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ':').next().unwrap().to_owned();
        Self { child, _output: output, address }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn stop(mut self, signal: Signal) -> Option<i32> {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        self.child.wait().unwrap().code()
    }
}

fn server_lives_in(folder: &Path) -> bool {
    let pid = fs::read_to_string(folder.join("postgres/data/postmaster.pid")).unwrap_or_default();
    pid.lines().next().is_some_and(|pid| Path::new("/proc").join(pid.trim()).exists())
}

fn complaint(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn serves_until_asked_to_stop_and_leaves_no_server() {
    let folder = Folder::new("serve");
    for signal in [Signal::INT, Signal::TERM] {
        let service = Service::start(folder.command(&["serve", "--port", "0"]));
        assert!(service.get("/healthz").starts_with("HTTP/1.1 200"), "{}", service.get("/healthz"));
        assert!(server_lives_in(&folder.0));
        assert_eq!(service.stop(signal), Some(0));
        assert!(!server_lives_in(&folder.0));
    }
}

#[test]
fn commands_are_given_beside_a_running_service_and_a_second_service_is_refused() {
    let folder = Folder::new("beside");
    let service = Service::start(folder.command(&["serve", "--port", "0"]));
    for command in ["check", "migrate"] {
        let output = folder.run(&[command]);
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let second = complaint(&folder.run(&["serve", "--port", "0"]));
    assert!(second.contains(folder.0.to_str().unwrap()), "{second}");
    assert!(service.get("/healthz").starts_with("HTTP/1.1 200"));
    assert_eq!(service.stop(Signal::INT), Some(0));
}

#[test]
fn the_first_command_on_an_empty_folder_finds_its_tables() {
    let folder = Folder::new("first");
    let output = folder.run(&["check"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_port_in_use_is_said_before_anything_is_started() {
    let folder = Folder::new("port");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for command in ["serve", "demo"] {
        let said = complaint(&folder.run(&[command, "--port", &port]));
        assert!(said.contains(&port) && said.contains("QUANXUE_PORT"), "{said}");
    }
    assert!(!folder.0.join("postgres").exists());
}

#[test]
fn the_demo_starts_over_in_its_own_folder_and_touches_no_other() {
    let folder = Folder::new("fresh");
    let key = || fs::read(folder.0.join("key")).unwrap();
    let service = Service::start(folder.command(&["demo", "--port", "0"]));
    let running = complaint(&folder.run(&["demo", "--port", "0", "--fresh"]));
    assert!(running.contains("正由另一个"), "{running}");
    assert!(service.get("/healthz").starts_with("HTTP/1.1 200"));
    assert_eq!(service.stop(Signal::INT), Some(0));
    let first = key();
    let again = Service::start(folder.command(&["demo", "--port", "0"]));
    assert_eq!(again.stop(Signal::INT), Some(0));
    assert_eq!(first, key(), "a second start has thrown the first one's data away");
    let fresh = Service::start(folder.command(&["demo", "--port", "0", "--fresh"]));
    assert_eq!(fresh.stop(Signal::INT), Some(0));
    assert_ne!(first, key());

    let county = Folder::new("county");
    fs::write(county.0.join("key"), "a county's").unwrap();
    for args in [&["demo", "--port", "0"][..], &["demo", "--port", "0", "--fresh"]] {
        let refused = complaint(&county.run(args));
        assert!(refused.contains(county.0.to_str().unwrap()), "{refused}");
    }
    assert_eq!(fs::read_to_string(county.0.join("key")).unwrap(), "a county's");
}
