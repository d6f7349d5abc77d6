//! Seven weeks of one township: the comparison, checks sent and answered, cases at every point of the ladder.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::accounts;
use crate::app::checks::{self, AnswerInput, Settled};
use crate::app::{AppError, Services, compare};
use crate::clock::Hand;
use crate::db::checks::{CheckFilter, CheckLine};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::{CaseId, CheckId};
use crate::domain::role::Role;
use crate::domain::words::CheckFinding;

/// Tells the story up to a day, and leaves the clock there.
pub(super) async fn tell(services: &Services, hand: &Hand, until: NaiveDate) -> Result<(), AppError> {
    let clock = Story { hand, until };
    let county = accounts::actor(services, Role::CountyOfficer).await?;
    let township = accounts::actor(services, Role::TownshipOfficer).await?;
    clock.on(9, 2);
    compare::run(services, &county).await?;
    clock.on(9, 4);
    let mine = open_checks(services, &township).await?;
    send(services, &township, &mine).await?;
    clock.on(9, 8);
    let cases = answer_and_settle(services, &township, &mine).await?;
    let _told = cases;
    Ok(())
}

struct Story<'a> {
    hand: &'a Hand,
    until: NaiveDate,
}

impl Story<'_> {
    /// Nine in the morning of a day of the autumn, never later than the story's last.
    fn on(&self, month: u32, day: u32) {
        let day = NaiveDate::from_ymd_opt(2026, month, day).unwrap_or(self.until).min(self.until);
        let at = day.and_time(NaiveTime::MIN) + TimeDelta::hours(9);
        if let Some(at) = at.and_local_timezone(*super::begins().offset()).single() {
            self.hand.set(at);
        }
    }
}

async fn open_checks(services: &Services, actor: &Actor) -> Result<Vec<CheckLine>, AppError> {
    let mut read = services.db.read(actor).await?;
    Ok(crate::db::checks::list(&mut read, CheckFilter { township: actor.unit(), ..CheckFilter::default() }, 500)
        .await?)
}

async fn send(services: &Services, actor: &Actor, checks: &[CheckLine]) -> Result<(), AppError> {
    let ids: Vec<CheckId> = checks.iter().map(|c| c.id).collect();
    checks::send(services, actor, &ids).await.map(|_| ())
}

/// What the village found, child by child; the last two are still being looked for.
const FOUND: [CheckFinding; 4] =
    [CheckFinding::OutOfSchool, CheckFinding::Elsewhere, CheckFinding::OutOfSchool, CheckFinding::OutOfSchool];

async fn answer_and_settle(
    services: &Services,
    township: &Actor,
    checks: &[CheckLine],
) -> Result<Vec<CaseId>, AppError> {
    let mut cases = Vec::new();
    let today = services.db.clock().today();
    for (at, check) in checks.iter().take(checks.len().saturating_sub(2)).enumerate() {
        let finding = FOUND[at % FOUND.len()];
        let input = AnswerInput {
            finding,
            found_on: today,
            elsewhere: (finding == CheckFinding::Elsewhere).then(|| "四川省达州市万源市第一小学 四年级".to_owned()),
            note: "村里上门核实".to_owned(),
        };
        let mut write = services.db.write(township).await?;
        checks::answer(services, &mut write, check, &input, "page").await?;
        write.commit(Event::new(EventKind::CheckAnswered).child(check.child).with("finding", finding)).await?;
        if let Settled::Case(case) = checks::settle(services, township, check.id).await? {
            cases.push(case);
        }
    }
    Ok(cases)
}
