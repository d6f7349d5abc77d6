//! 销号: a case leaves the ledger, with its typed conclusion.

use serde::Deserialize;

use super::desk::{At, Desk, Done, NotDone, Opened};
use crate::app::Services;
use crate::db::cases::endings;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::case::{Act, Unmet};
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::moment::Moment;
use crate::domain::refusal::Refusal;
use crate::domain::words::DispositionKind;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StrikeOffForm {
    /// 结论
    pub conclusion: String,
}

impl StrikeOffForm {
    /// Reads the form; without a conclusion the rules refuse (AC-106).
    pub fn read(&self, now: Moment) -> Result<Option<DispositionKind>, Faults> {
        let mut fields = Fields::on(now);
        let conclusion = fields.choice("conclusion", "结论", &self.conclusion);
        fields.finish(Some(conclusion))
    }
}

/// Strikes a case off.
pub async fn strike_off(
    services: &Services,
    actor: &Actor,
    at: &At,
    conclusion: Option<DispositionKind>,
) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done=struck_off", at.case);
    let mut desk = match Desk::open(services, actor, Action::StrikeOff, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    let act = Act::StrikeOff { conclusion };
    desk.may(act)?;
    let Some(kind) = conclusion else {
        return Err(Refusal { act: act.label(), unmet: vec![Unmet::NoConclusion] }.into());
    };
    let agreed = desk.facts.dispositions.iter().rev();
    let agreed =
        agreed.filter(|one| one.kind == kind && one.decided.as_ref().is_some_and(|decision| decision.approved));
    let disposition = agreed.map(|one| one.id).next();
    let (of, today) = (desk.of(), desk.today);
    endings::strike_off(&mut desk.write, of, (kind, disposition), today).await?;
    let event = desk.event(EventKind::StruckOff).with("conclusion", kind);
    desk.close(event).await
}
