//! The parent's side: starts the child, hands it the file, and bounds its time and its answer.

use std::{
    io,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    sync::Semaphore,
    time::timeout,
};

use super::{Unreadable, limits, stream};
use crate::domain::cells::Workbook;

/// Children at once: each may take its whole memory limit.
static SEATS: Semaphore = Semaphore::const_new(2);

/// Reads workbooks in children of a program that answers to `read-sheet`.
#[derive(Debug, Clone)]
pub struct Reader {
    program: PathBuf,
    time: Duration,
}

impl Reader {
    /// Children of this very program.
    pub fn this_program() -> io::Result<Self> {
        Ok(Self::of(std::env::current_exe()?))
    }

    /// Children of another program, for tests, which are not the program themselves.
    pub fn of(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), time: Duration::from_secs(90) }
    }

    /// Another time limit than ninety seconds.
    #[must_use]
    pub fn within(self, time: Duration) -> Self {
        Self { time, ..self }
    }

    /// Reads a file.
    pub async fn read(&self, path: &Path) -> Result<Workbook, Unreadable> {
        let size = tokio::fs::metadata(path).await.map_err(|_| Unreadable::NoFile)?;
        if !size.is_file() {
            return Err(Unreadable::NoFile);
        }
        refuse_large(size.len())?;
        let file = tokio::fs::File::open(path).await.map_err(|_| Unreadable::NoFile)?;
        self.ask(Stdio::from(file.into_std().await), &[]).await
    }

    /// Reads a file that is in memory.
    pub async fn read_bytes(&self, bytes: &[u8]) -> Result<Workbook, Unreadable> {
        refuse_large(bytes.len() as u64)?;
        self.ask(Stdio::piped(), bytes).await
    }

    async fn ask(&self, input: Stdio, bytes: &[u8]) -> Result<Workbook, Unreadable> {
        let _seat = SEATS.acquire().await.map_err(|_| Unreadable::NotStarted)?;
        let child = Command::new(&self.program)
            .arg("read-sheet")
            .env_clear()
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|_| Unreadable::NotStarted)?;
        let answer = timeout(self.time, converse(child, bytes)).await.map_err(|_| Unreadable::TooSlow)?;
        let (status, answer) = answer.map_err(|_| Unreadable::NotStarted)?;
        if !status.success() {
            return Err(death(status));
        }
        let decoded = tokio::task::spawn_blocking(move || stream::read(&mut answer.as_slice())).await;
        decoded.map_err(|_| Unreadable::NotStarted)?.map_err(|_| Unreadable::NotStarted)?
    }
}

/// Reads a file in a child of this program.
pub async fn read(path: &Path) -> Result<Workbook, Unreadable> {
    Reader::this_program().map_err(|_| Unreadable::NotStarted)?.read(path).await
}

/// Reads a file that is in memory in a child of this program.
pub async fn read_bytes(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    Reader::this_program().map_err(|_| Unreadable::NotStarted)?.read_bytes(bytes).await
}

fn refuse_large(bytes: u64) -> Result<(), Unreadable> {
    if bytes > limits::FILE { Err(Unreadable::TooLarge(bytes >> 20)) } else { Ok(()) }
}

/// Writes and reads at the same time, lest each wait for the other.
async fn converse(mut child: Child, bytes: &[u8]) -> io::Result<(ExitStatus, Vec<u8>)> {
    let input = child.stdin.take();
    let output = child.stdout.take().ok_or_else(|| io::Error::other("no stdout"))?;
    let write = async move {
        if let Some(mut input) = input {
            // A child that has seen enough closes its end: its answer counts, not this error.
            let _ = input.write_all(bytes).await;
        }
    };
    let read = async move {
        let mut answer = Vec::new();
        output.take(limits::STREAM).read_to_end(&mut answer).await.map(|_| answer)
    };
    let ((), answer) = tokio::join!(write, read);
    Ok((child.wait().await?, answer?))
}

/// What killed the child, in terms of the file.
fn death(status: ExitStatus) -> Unreadable {
    const ABORTED: i32 = 6;
    const KILLED: i32 = 9;
    const OUT_OF_TIME: i32 = 24;
    match status.signal() {
        Some(ABORTED) => Unreadable::TooMuchMemory,
        Some(OUT_OF_TIME | KILLED) => Unreadable::TooSlow,
        Some(_) => Unreadable::Damaged,
        None => Unreadable::NotStarted,
    }
}
