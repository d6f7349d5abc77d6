//! The works, each beside the plain reading of the same rows, round by round.
#![expect(
    clippy::disallowed_types,
    reason = "the plain reading goes past the doors: it is what they are measured against"
)]

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use quanxue::app::{policy, projector};
use quanxue::db::Door as _;
use quanxue::db::cases::facts::{self, Loaded};
use quanxue::domain::actor::Actor;
use quanxue::domain::case::{duties, standing};
use quanxue::domain::ids::{CaseId, CountyId};
use quanxue::domain::moment::day_of;
use sqlx::postgres::PgConnection;

use crate::Outcome;
use crate::ground::Ground;
use crate::plain::{self, BATCH};
use crate::table::{self, Measured};

/// The cases of a county.
struct Cases {
    county: CountyId,
    open: Vec<CaseId>,
    all: Vec<CaseId>,
}

/// The works, in the order of the table; each with the place of its plain reading.
const WORKS: [(&str, Option<usize>); 9] = [
    ("rows of the open cases, plainly", None),
    ("the same rows as facts, behind the walls", Some(0)),
    ("standing and duties of them, from the rows", Some(0)),
    ("standing and duties alone, from facts at hand", Some(0)),
    ("rows of the open cases with what lists show, plainly", None),
    ("a night on which every open case changes: computed, written, told", Some(4)),
    ("a night on which nothing changes", Some(4)),
    ("rows of all cases with what lists show, plainly", None),
    ("the nightly comparison of all cases", Some(7)),
];

/// Runs every work in every round and prints the table.
pub async fn run(ground: &Ground, counties: &[CountyId], rounds: usize) -> Outcome<()> {
    let mut conn = ground.superuser().await?;
    let mut cases = Vec::new();
    for county in counties {
        // What was filled has no standing yet: the first night gives it one.
        let swept = projector::sweep(&ground.services, *county).await?;
        let open = plain::open(&mut conn, *county).await?;
        let all = plain::all(&mut conn, *county).await?;
        let rungs = plain::rungs(&mut conn, *county).await?;
        let (known, left) = (all.len(), open.len());
        table::say(&format!("{}: {known} cases, {left} open, {} computed: {rungs}", county.0, swept.cases))?;
        cases.push(Cases { county: *county, open, all });
    }
    sqlx::query("vacuum analyze").execute(&mut conn).await?;
    let mut measured: Vec<Measured> = WORKS.iter().map(|(name, plain)| of(name, *plain, &cases)).collect();
    for round in 0..=rounds {
        for (at, one) in measured.iter_mut().enumerate() {
            let (time, busy) = work(at, ground, &mut conn, &cases).await?;
            // The first round warms what is read.
            if round > 0 {
                one.rounds.push(time);
                one.processor.push(busy);
            }
        }
    }
    table::say("")?;
    Ok(table::print(&measured)?)
}

fn of(name: &'static str, plain: Option<usize>, cases: &[Cases]) -> Measured {
    let all = name.contains("all cases");
    let count = cases.iter().map(|one| if all { one.all.len() } else { one.open.len() }).sum();
    Measured { name, cases: count, rounds: Vec::new(), processor: Vec::new(), plain }
}

/// One work over all counties: how long it took, and how long this program was busy.
async fn work(at: usize, ground: &Ground, conn: &mut PgConnection, cases: &[Cases]) -> Outcome<(Duration, Duration)> {
    let mut time = Duration::ZERO;
    let mut busy = Duration::ZERO;
    for one in cases {
        let actor = Actor::system(one.county, "bench");
        let loaded = if at == 3 { load(ground, &actor, &one.open).await? } else { Vec::new() };
        if at == 5 {
            plain::let_night_come(conn, one.county, &one.open).await?;
        }
        let (start, before) = (Instant::now(), processor()?);
        match at {
            0 => drop(black_box(plain::facts(conn, one.county, &one.open).await?)),
            1 => drop(black_box(load(ground, &actor, &one.open).await?)),
            2 => judge(ground, &actor, &load(ground, &actor, &one.open).await?).await?,
            3 => judge(ground, &actor, &loaded).await?,
            4 => drop(black_box(plain::shown(conn, one.county, &one.open).await?)),
            5 | 6 => {
                let swept = projector::sweep(&ground.services, one.county).await?;
                let expected = if at == 5 { one.open.len() } else { 0 };
                if swept.cases != expected {
                    return Err(format!("a night of {expected} changes found {}", swept.cases).into());
                }
            }
            7 => drop(black_box(plain::shown(conn, one.county, &one.all).await?)),
            _ => {
                let drifted = projector::drift(&ground.services, one.county).await?;
                if let Some(first) = drifted.first() {
                    return Err(format!("{} cases drifted: {}", drifted.len(), first.what).into());
                }
            }
        }
        time += start.elapsed();
        busy += processor()?.saturating_sub(before);
    }
    Ok((time, busy))
}

async fn load(ground: &Ground, actor: &Actor, cases: &[CaseId]) -> Outcome<Vec<Loaded>> {
    let mut read = ground.services.db.read(actor).await?;
    let mut all = Vec::with_capacity(cases.len());
    for batch in cases.chunks(BATCH) {
        all.extend(facts::batch(&mut read, batch).await?);
    }
    Ok(all)
}

async fn judge(ground: &Ground, actor: &Actor, loaded: &[Loaded]) -> Outcome<()> {
    let mut read = ground.services.db.read(actor).await?;
    let rules = policy::rules(&ground.services, &mut read).await?;
    let today = day_of(read.now());
    for one in loaded {
        black_box(standing(&one.facts, &rules.policies, &rules.calendar, today));
        black_box(duties(&one.facts, &rules.policies, &rules.calendar, today));
    }
    Ok(())
}

/// The processor time of this program, in user and kernel; ticks of a hundredth of a second.
fn processor() -> Outcome<Duration> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let tick = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    Ok(Duration::from_millis((tick(11) + tick(12)) * 10))
}
