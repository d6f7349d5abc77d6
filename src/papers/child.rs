//! The typesetter's child process and the frames on its pipes: a four-byte big-endian length, then that many bytes.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use super::TypesetError;

/// The longest answer taken: more than a thousand papers.
const ANSWER_LIMIT: u32 = 1 << 30;

/// How long the child may take to end by itself once its input is closed.
const END_LIMIT: Duration = Duration::from_secs(5);

/// Papers to set, all of one template, into one PDF.
#[derive(Debug, Serialize)]
pub(super) struct Job {
    pub template: &'static str,
    pub title: String,
    pub author: Option<String>,
    pub date: String,
    pub items: Vec<Value>,
}

/// What the child says of a job that it has done.
#[derive(Debug)]
pub(super) struct Answer {
    pub pdf: Vec<u8>,
    pub pages: Vec<usize>,
    pub missing: Vec<char>,
    pub warnings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Head {
    Progress { done: usize },
    Done { pages: Vec<usize>, missing: Vec<char>, warnings: Vec<String> },
    Failed { error: String },
}

/// A running child. Dropping it kills it.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Running {
    /// Starts the program. What it says on stderr goes to the log.
    pub fn start(mut command: Command) -> Result<Self, TypesetError> {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = piped.spawn().map_err(|error| {
            TypesetError::NotStarted(format!("{}: {error}", command.as_std().get_program().display()))
        })?;
        let (Some(input), Some(output), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(TypesetError::NotStarted("no pipes".to_owned()));
        };
        tokio::spawn(log(errors));
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    /// Hands the child a job and waits for its answer, `limit` at most from one sign of life to the next.
    pub async fn run(
        &mut self,
        job: &Job,
        limit: Duration,
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Answer, TypesetError> {
        within(limit, write_frame(&mut self.input, job)).await?;
        loop {
            let head = within(limit, read_frame(&mut self.output)).await?;
            match serde_json::from_slice(&head).map_err(|error| TypesetError::Broken(error.to_string()))? {
                Head::Progress { done } => progress(done),
                Head::Failed { error } => return Err(TypesetError::Refused(error)),
                Head::Done { pages, missing, warnings } => {
                    let pdf = within(limit, read_frame(&mut self.output)).await?;
                    return Ok(Answer { pdf, pages, missing, warnings });
                }
            }
        }
    }

    /// Lets the child end by itself, as it does when its input closes; kills it if it does not.
    pub async fn end(self) {
        let Self { mut child, input, output } = self;
        drop((input, output));
        if timeout(END_LIMIT, child.wait()).await.is_err() {
            // It is killed when dropped, too; this also waits for it.
            let _ = child.kill().await;
        }
    }
}

async fn within<T>(limit: Duration, work: impl Future<Output = io::Result<T>>) -> Result<T, TypesetError> {
    let done = timeout(limit, work).await.map_err(|_| TypesetError::TooSlow(limit))?;
    done.map_err(|error| TypesetError::Broken(error.to_string()))
}

async fn write_frame(input: &mut ChildStdin, job: &Job) -> io::Result<()> {
    let body = serde_json::to_vec(job)?;
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    input.write_all(&length.to_be_bytes()).await?;
    input.write_all(&body).await?;
    input.flush().await
}

async fn read_frame(output: &mut BufReader<ChildStdout>) -> io::Result<Vec<u8>> {
    let length = output.read_u32().await?;
    if length > ANSWER_LIMIT {
        return Err(io::Error::other(format!("an answer of {length} bytes")));
    }
    let mut body = Vec::new();
    output.take(length.into()).read_to_end(&mut body).await?;
    if body.len() == length as usize { Ok(body) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

async fn log(errors: ChildStderr) {
    let mut lines = BufReader::new(errors).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        tracing::warn!(line, "typesetter");
    }
}
