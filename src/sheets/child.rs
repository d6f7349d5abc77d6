//! The child process that reads one workbook under limits it sets itself: `quanxue read-sheet`.

use std::io::{self, BufWriter, Read, Write};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::{limits, parse, stream};

/// Reads a file from `input` and writes its cells, or why it has none, to `output` (see `stream`).
///
/// Call it first thing in the process, before any thread or runtime starts: it takes away memory, processor time
/// and the right to write files from the whole process, and cannot give them back.
pub fn child_main(input: impl Read, output: impl Write) -> io::Result<()> {
    limit_self()?;
    serve(input, output)
}

/// The work without the limits.
fn serve(input: impl Read, output: impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.take(limits::FILE + 1).read_to_end(&mut bytes)?;
    stream::write(&parse(&bytes), &mut BufWriter::new(output))
}

fn limit_self() -> io::Result<()> {
    let limits = [
        (Resource::As, limits::MEMORY),
        (Resource::Cpu, limits::CPU_SECONDS),
        (Resource::Fsize, 0),
        // What went wrong must not lie about as a core file with names in it.
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
