//! 列为劝返对象: a case is opened for a child whom a check, a visit or an absence found out of school.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::{NotDone, allowed, taken};
use crate::app::policy::{self, Rules};
use crate::app::sending::Sending;
use crate::app::services::Services;
use crate::app::{cases::Done, projector};
use crate::db::cases::case::{self, NewCase};
use crate::db::cases::opening::{self, Opening};
use crate::db::{Door as _, Write};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::case::Unmet;
use crate::domain::event::{Event, EventKind};
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::grade::Stage;
use crate::domain::ids::{CaseId, CheckId, ChildId, UnitId};
use crate::domain::moment::{Moment, day_of};
use crate::domain::policy::ActingTownship;
use crate::domain::refusal::Refusal;
use crate::domain::units::Units;
use crate::domain::words::{CaseKind, CaseOrigin};

/// What found the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A check, answered on the spot: the case is confirmed from the start.
    Check(CheckId),
    /// Somebody met the child out of school: confirmed from the start.
    Found {
        /// The day.
        on: NaiveDate,
    },
    /// Absence without a reason: suspected until confirmed on the spot.
    Absence {
        /// The day on which the policy's count was full.
        on: NaiveDate,
    },
}

/// A case to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToOpen {
    /// The case's key to be, so that the form knows where it leads.
    pub id: CaseId,
    /// Whose.
    pub child: ChildId,
    /// What found the child.
    pub origin: Origin,
    /// By whom and how, where no check tells it.
    pub found: Found,
}

/// Who found the child out of school, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// 发现人
    pub by: String,
    /// 发现经过
    pub how: String,
}

impl ToOpen {
    /// A case of a child.
    pub fn new(child: ChildId, origin: Origin) -> Self {
        Self { id: CaseId::new(), child, origin, found: Found::default() }
    }
}

/// The form of one opening by hand.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OpenForm {
    /// found (现场发现) or absence (缺勤发现)
    pub origin: String,
    /// 发现日期
    pub on: String,
    /// 发现人
    pub found_by: String,
    /// 发现经过
    pub found_how: String,
}

impl OpenForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment, child: ChildId) -> Result<ToOpen, Faults> {
        let mut fields = Fields::on(now);
        let on = fields.past_day("on", "发现日期", &self.on);
        let origin = match fields.need_choice("origin", "怎样发现的", &self.origin) {
            Some(CaseOrigin::Found) => on.map(|on| Origin::Found { on }),
            Some(CaseOrigin::Absence) => on.map(|on| Origin::Absence { on }),
            Some(CaseOrigin::Check | CaseOrigin::Relapse) => {
                fields.fault("origin", "请选择“现场发现”或“缺勤发现”；核查和再离校在各自的页面办理");
                None
            }
            None => None,
        };
        let by = fields.need_text("found_by", "发现人", &self.found_by, 40);
        let how = fields.need_text("found_how", "发现经过", &self.found_how, 300);
        let found = Found { by, how };
        fields.finish(origin.map(|origin| ToOpen { found, ..ToOpen::new(child, origin) }))
    }
}

/// Cases opened at once, and the children of whom none was opened, each with the reason.
#[derive(Debug, Default)]
pub struct Opened {
    /// In the order asked.
    pub cases: Vec<(ChildId, CaseId)>,
    /// In the order asked.
    pub refused: Vec<(ChildId, Refusal)>,
}

const ACT: &str = "列为劝返对象";

/// Opens one case.
pub async fn open_case(services: &Services, actor: &Actor, sent: &Sending, asked: ToOpen) -> Result<Done, NotDone> {
    allowed(actor, Action::OpenCase)?;
    services.units(actor.county).await?;
    let mut write = services.db.write(actor).await?;
    let location = format!("/cases/{}?done=opened", asked.id);
    if let Some(done) = taken(&mut write, sent, &location).await? {
        return Ok(done);
    }
    let mut opened = open_in(services, &mut write, std::slice::from_ref(&asked)).await?;
    match (opened.cases.pop(), opened.refused.pop()) {
        (Some((child, case)), _) => {
            write.commit(opened_event(child, case, asked.origin)).await?;
            Ok(Done { location })
        }
        (None, Some((_, refusal))) => Err(refusal.into()),
        (None, None) => Err(crate::app::AppError::Fault("an opening came to nothing".to_owned()).into()),
    }
}

/// What an opening is told as, for whoever opens cases in a transaction of their own.
pub(crate) fn opened_event(child: ChildId, case: CaseId, origin: Origin) -> Event {
    let event = Event::new(EventKind::CaseOpened).child(child).case(case);
    match origin {
        Origin::Check(check) => event.with("origin", CaseOrigin::Check).with("check", check),
        Origin::Found { on } => event.with("origin", CaseOrigin::Found).with("on", on),
        Origin::Absence { on } => event.with("origin", CaseOrigin::Absence).with("on", on),
    }
}

/// Opens cases in a transaction that goes on, and projects them; the events are left to whoever commits.
pub(crate) async fn open_in(services: &Services, write: &mut Write, asked: &[ToOpen]) -> Result<Opened, NotDone> {
    let rules = policy::rules(services, write).await?;
    let units = services.units(write.county()).await?;
    let mut opened = Opened::default();
    for one in asked {
        match open_one(write, &rules, &units, one).await? {
            Ok(case) => opened.cases.push((one.child, case)),
            Err(refusal) => opened.refused.push((one.child, refusal)),
        }
    }
    let cases: Vec<CaseId> = opened.cases.iter().map(|(_, case)| *case).collect();
    projector::project_cases(services, write, &cases).await?;
    Ok(opened)
}

async fn open_one(
    write: &mut Write,
    rules: &Rules,
    units: &Units,
    asked: &ToOpen,
) -> Result<Result<CaseId, Refusal>, NotDone> {
    let today = day_of(write.now());
    let known = opening::child(write, asked.child).await?;
    let (origin, check, on) = match asked.origin {
        Origin::Check(check) => (CaseOrigin::Check, Some(check), opening::found_out(write, check, asked.child).await?),
        Origin::Found { on } => (CaseOrigin::Found, None, Some(on)),
        Origin::Absence { on } => (CaseOrigin::Absence, None, Some(on)),
    };
    let policy = rules.on(on.unwrap_or(today));
    let township = acting_township(&known, policy.case.acting_township.value);
    let mut unmet = stands_against(&known);
    unmet.extend(on.filter(|on| *on > today).map(|on| Unmet::InFuture { on }));
    unmet.extend(on.filter(|on| !policy.age.covers(known.birth, *on)).map(|_| Unmet::NotSchoolAge));
    let (Some(on), Some(acting_township)) = (on, township) else {
        unmet.extend(on.is_none().then_some(Unmet::NotFoundOut));
        unmet.extend(township.is_none().then_some(Unmet::NoTownship));
        return Ok(Err(Refusal { act: ACT.to_owned(), unmet }));
    };
    if let Err(refusal) = Refusal::unless_met(ACT, unmet) {
        return Ok(Err(refusal));
    }
    let grade = u8::try_from(policy.age.grade_by_age(known.birth, on)).unwrap_or(1);
    let new = NewCase {
        id: asked.id,
        child: asked.child,
        kind: if known.school.is_some() { CaseKind::LeftSchool } else { CaseKind::NeverEnrolled },
        origin,
        opened_on: on,
        confirmed_on: (origin != CaseOrigin::Absence).then_some(on),
        check,
        acting_township,
        school: known.school.or_else(|| catchment(&known, units, grade)),
        found: (asked.found.by.clone(), asked.found.how.clone()),
    };
    case::insert(write, &new).await?;
    Ok(Ok(asked.id))
}

/// A case that is there already: open, or struck off and to be brought back.
fn stands_against(known: &Opening) -> Vec<Unmet> {
    let (Some(case), Some(number)) = (known.case, known.number.clone()) else { return Vec::new() };
    vec![match known.struck_off {
        Some(true) => Unmet::CaseBefore { case, number },
        _ => Unmet::CaseOpen { case, number },
    }]
}

/// The township that the policy names; the other one where that lies in another county (AMB-36).
fn acting_township(known: &Opening, named: ActingTownship) -> Option<UnitId> {
    match named {
        ActingTownship::Domicile => known.domicile_township.or(known.residence_township),
        ActingTownship::Residence => known.residence_township.or(known.domicile_township),
    }
}

fn catchment(known: &Opening, units: &Units, grade: u8) -> Option<UnitId> {
    let stage = if grade <= 6 { Stage::Primary } else { Stage::Junior };
    let village = known.residence_village.or(known.domicile_village)?;
    units.catchment_school(village, stage)
}
