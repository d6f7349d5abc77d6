//! The bench of 待核查: the names around one check, to go from one to the next without the list.

use super::checks::{Asked, on_phone, place};
use crate::db::Read;
use crate::db::checks::{self, Part};
use crate::domain::ids::CheckId;
use crate::domain::moment::age;
use crate::domain::units::Units;
use crate::domain::words::{CheckCause, CheckFinding};
use crate::web::failure::Failure;
use crate::web::guard::Session;

/// Checks of a list that the bench knows of.
const KNOWN: i64 = 600;
/// Names before and after the one that is open.
const AROUND: usize = 12;

/// A name on the bench.
pub(super) struct Pick {
    /// The check.
    pub id: CheckId,
    /// 姓名
    pub name: String,
    /// Village and age.
    pub about: String,
    /// The likely cause.
    pub cause: CheckCause,
    /// The latest answer.
    pub finding: Option<CheckFinding>,
}

/// The names around one check, under the filters of the list.
#[derive(Default)]
pub(super) struct Bench {
    /// Some before, itself, some after.
    pub picks: Vec<Pick>,
    /// Which of the list it is, from 1; 0 where it is not in it any more.
    pub at: usize,
    /// How many the list has.
    pub total: usize,
    /// The one before.
    pub back: Option<CheckId>,
    /// The one after.
    pub on: Option<CheckId>,
    /// The filters, for the links: codes and ids only.
    pub query: String,
}

/// Loads the bench of a check.
pub(super) async fn around(
    read: &mut Read,
    session: &Session,
    units: &Units,
    asked: &Asked,
    id: CheckId,
    today: chrono::NaiveDate,
) -> Result<Bench, Failure> {
    let part = Part { limit: KNOWN, offset: 0, unanswered_first: on_phone(session) };
    let lines = checks::list(read, asked.filter(), part).await?;
    let (total, query) = (lines.len(), asked.query());
    let Some(at) = lines.iter().position(|line| line.id == id) else {
        // Answered or settled: the list begins again with what is left.
        let on = lines.first().map(|line| line.id);
        return Ok(Bench { total, on, query, ..Bench::default() });
    };
    let neighbour = |at: Option<usize>| at.and_then(|at| lines.get(at)).map(|line| line.id);
    let (back, mut on) = (neighbour(at.checked_sub(1)), neighbour(at.checked_add(1)));
    // On the phone the answered are at the end: what comes next is one that nobody has answered.
    if on_phone(session) && lines.get(at).is_some_and(|line| line.finding.is_some()) {
        on = lines.iter().find(|line| line.finding.is_none()).map(|line| line.id);
    }
    let picks = lines.iter().skip(at.saturating_sub(AROUND)).take(2 * AROUND + 1);
    let picks = picks.map(|line| Pick {
        id: line.id,
        name: line.name.clone(),
        about: format!("{} · {} 岁", place(line, units), age(line.birth, today)),
        cause: line.cause,
        finding: line.finding,
    });
    Ok(Bench { picks: picks.collect(), at: at + 1, total, back, on, query })
}
