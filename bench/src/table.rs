//! Rounds as a table: medians, the spread, the ratio to the plain reading of the same rounds.

use std::io::{self, Write as _};
use std::time::Duration;

/// What was measured of one work.
pub struct Measured {
    /// What.
    pub name: &'static str,
    /// Of how many cases.
    pub cases: usize,
    /// Each round.
    pub rounds: Vec<Duration>,
    /// Processor time of this program, each round.
    pub processor: Vec<Duration>,
    /// The plain reading in the same rounds, by its place in the table; none for a plain reading itself.
    pub plain: Option<usize>,
}

/// A line on the screen.
pub fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}

/// The table in Markdown.
pub fn print(all: &[Measured]) -> io::Result<()> {
    say("| work | cases | median | spread | a case | processor a case | times the plain reading |")?;
    say("|---|---|---|---|---|---|---|")?;
    for one in all {
        let (low, middle, high) = spread(&one.rounds);
        let (_, busy, _) = spread(&one.processor);
        let ratio = one.plain.and_then(|plain| all.get(plain)).map_or_else(String::new, |plain| ratio(one, plain));
        say(&format!(
            "| {} | {} | {} | {}–{} | {} | {} | {ratio} |",
            one.name,
            one.cases,
            told(middle),
            told(low),
            told(high),
            each(middle, one.cases),
            each(busy, one.cases),
        ))?;
    }
    Ok(())
}

/// The median of the rounds' ratios: both of a round were measured side by side.
fn ratio(one: &Measured, plain: &Measured) -> String {
    let mut ratios: Vec<f64> =
        one.rounds.iter().zip(&plain.rounds).map(|(one, plain)| one.as_secs_f64() / plain.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    let at = |share: usize| ratios.get((ratios.len().saturating_sub(1)) * share / 2).copied().unwrap_or_default();
    format!("{:.2} ({:.2}–{:.2})", at(1), at(0), at(2))
}

fn spread(rounds: &[Duration]) -> (Duration, Duration, Duration) {
    let mut sorted = rounds.to_vec();
    sorted.sort();
    let at = |share: usize| sorted.get((sorted.len().saturating_sub(1)) * share / 2).copied().unwrap_or_default();
    (at(0), at(1), at(2))
}

fn told(time: Duration) -> String {
    if time.as_secs() >= 10 { format!("{:.1} s", time.as_secs_f64()) } else { format!("{} ms", time.as_millis()) }
}

fn each(time: Duration, cases: usize) -> String {
    let cases = u32::try_from(cases.max(1)).unwrap_or(u32::MAX);
    format!("{} µs", (time / cases).as_micros())
}
