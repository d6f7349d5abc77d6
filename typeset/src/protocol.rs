//! Jobs and answers on the pipe: frames of a four-byte big-endian length and that many bytes.
//!
//! A job is one frame of JSON. Its answer is any number of `{"done":n}`, then `{"pages":n,…}` followed by one frame
//! of PDF, or `{"error":"…"}`.

use std::io::{self, ErrorKind, Read, Write};

use serde::{Deserialize, Serialize};

/// The longest job read: a thousand papers with all their facts take a tenth of it.
const JOB_LIMIT: u32 = 64 << 20;

/// Papers to set, all of one template, into one PDF.
#[derive(Debug, Deserialize)]
pub struct Job {
    /// File name of the template without its ending.
    pub template: String,
    /// Title of the PDF.
    pub title: String,
    /// Who issues the papers, for the PDF's metadata.
    #[serde(default)]
    pub author: Option<String>,
    /// Day of the papers, `YYYY-MM-DD`, for the PDF's metadata.
    pub date: String,
    /// The facts of each paper, in the order of printing.
    pub items: Vec<serde_json::Value>,
}

/// How a job ended.
#[derive(Debug)]
pub enum Answer {
    /// The papers are set.
    Done(Typeset),
    /// They are not, and this is why.
    Failed {
        /// For the log of the program that asked, not for the screen.
        error: String,
    },
}

/// A finished PDF.
#[derive(Debug)]
pub struct Typeset {
    /// PDF/A-2b.
    pub pdf: Vec<u8>,
    /// Pages of each paper, in the order of the job.
    pub pages: Vec<usize>,
    /// Characters that no font has; each is printed as an empty box to be filled in by hand.
    pub missing: Vec<char>,
    /// What the typesetter thought odd about a template, for its author.
    pub warnings: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Head<'a> {
    Progress { done: usize },
    Done { pages: &'a [usize], missing: &'a [char], warnings: &'a [String] },
    Failed { error: &'a str },
}

/// The next job, or `None` where the pipe was closed between two jobs.
///
/// # Errors
/// A broken pipe, or a frame that is no job: there is no way to find the next one behind it.
pub fn read_job(input: &mut impl Read) -> io::Result<Option<Job>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u32::from_be_bytes(length);
    if length > JOB_LIMIT {
        return Err(io::Error::other(format!("a job of {length} bytes")));
    }
    let mut body = Vec::new();
    input.take(length.into()).read_to_end(&mut body)?;
    Ok(Some(serde_json::from_slice(&body)?))
}

/// Says how many papers of the job are set.
///
/// # Errors
/// A pipe that nobody reads any more.
pub fn write_progress(output: &mut impl Write, done: usize) -> io::Result<()> {
    write_head(output, &Head::Progress { done })
}

/// Ends a job.
///
/// # Errors
/// A pipe that nobody reads any more.
pub fn write_answer(output: &mut impl Write, answer: &Answer) -> io::Result<()> {
    match answer {
        Answer::Failed { error } => write_head(output, &Head::Failed { error }),
        Answer::Done(Typeset { pdf, pages, missing, warnings }) => {
            write_head(output, &Head::Done { pages, missing, warnings })?;
            write_frame(output, pdf)
        }
    }
}

fn write_head(output: &mut impl Write, head: &Head) -> io::Result<()> {
    write_frame(output, &serde_json::to_vec(head)?)
}

fn write_frame(output: &mut impl Write, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    output.write_all(&length.to_be_bytes())?;
    output.write_all(body)?;
    output.flush()
}
