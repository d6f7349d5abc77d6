//! `quanxue-typeset`: a child process that turns papers' templates and facts into PDF/A, one job after another.
//!
//! It reads jobs from stdin and answers on stdout (see `protocol`), touches no network and no file but fonts and
//! templates, and ends when its stdin closes. A crash or a growing memory is this process's own affair.

mod engine;
mod fonts;
mod options;
mod protocol;
mod templates;
mod text;
mod world;

use std::io::{self, BufReader, Write};
use std::process::ExitCode;

use engine::Engine;
use options::Options;
use protocol::{Answer, Job};

/// Address space this process may take: far above what a batch of hundreds needs, far below what hurts the machine.
const MEMORY_LIMIT: u64 = 3 << 30;

fn main() -> ExitCode {
    match Options::from_args(std::env::args_os().skip(1)).and_then(|options| serve(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The last word before the end; a closed stderr leaves nobody to tell.
            let _ = writeln!(io::stderr(), "quanxue-typeset: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers jobs until stdin closes.
fn serve(options: &Options) -> io::Result<()> {
    limit_memory();
    let mut input = BufReader::new(io::stdin().lock());
    let mut output = io::stdout().lock();
    let mut engine = None;
    while let Some(job) = protocol::read_job(&mut input)? {
        let answer = match &mut engine {
            Some(engine) => run(engine, &job, &mut output)?,
            // Fonts are read for the first job, so that starting costs nothing.
            none => match Engine::new(options) {
                Ok(new) => run(none.insert(new), &job, &mut output)?,
                Err(error) => Answer::Failed { error: error.to_string() },
            },
        };
        protocol::write_answer(&mut output, &answer)?;
    }
    Ok(())
}

/// Runs one job, telling after each paper how many are done.
fn run(engine: &mut Engine, job: &Job, output: &mut impl Write) -> io::Result<Answer> {
    let mut told = Ok(());
    let result = engine.typeset(job, |done| {
        if told.is_ok() {
            told = protocol::write_progress(output, done);
        }
    });
    told?;
    Ok(match result {
        Ok(typeset) => Answer::Done(typeset),
        Err(error) => Answer::Failed { error: error.to_string() },
    })
}

/// A best effort: where the system refuses the limit, the parent's time limit remains.
fn limit_memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit { current: Some(MEMORY_LIMIT), maximum: Some(MEMORY_LIMIT) };
    let _ = setrlimit(Resource::As, limit);
}
