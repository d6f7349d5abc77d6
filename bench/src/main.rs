//! `quanxue-bench found COUNTY…` founds counties; `quanxue-bench run ROUNDS COUNTY…` measures and prints the table.
//! bin/bench starts the database, fills it in between, and says what the numbers mean.

mod ground;
mod plain;
mod table;
mod work;

use std::error::Error;
use std::process::ExitCode;

use quanxue::domain::ids::CountyId;

use ground::Ground;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["found", counties @ ..] => found(counties).await,
        ["run", rounds, counties @ ..] => run(rounds, counties).await,
        _ => Err("quanxue-bench found COUNTY… | run ROUNDS COUNTY…".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => table::say(&format!("bench: {error}")).map_or(ExitCode::FAILURE, |()| ExitCode::FAILURE),
    }
}

async fn found(counties: &[&str]) -> Outcome<()> {
    let ground = Ground::lay().await?;
    for county in counties {
        ground.found(CountyId(county.parse()?)).await?;
    }
    Ok(())
}

async fn run(rounds: &str, counties: &[&str]) -> Outcome<()> {
    let ground = Ground::lay().await?;
    let counties: Vec<CountyId> =
        counties.iter().map(|county| county.parse().map(CountyId)).collect::<Result<_, _>>()?;
    work::run(&ground, &counties, rounds.parse()?).await
}
