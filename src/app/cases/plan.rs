//! 一人一案方案: cause, aid, placement, helper, the day of its review.

use serde::Deserialize;

use super::desk::{At, Desk, Done, NotDone, Opened};
use crate::app::Services;
use crate::db::cases::plans::{self, Plan};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::event::EventKind;
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::moment::{Moment, day_of};
use crate::domain::words::DropoutCause;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    /// 主要原因
    pub cause: String,
    /// 其他原因
    pub other_cause: Vec<String>,
    /// 监护人怎么说
    pub guardian_says: String,
    /// 帮扶措施
    pub aid: String,
    /// 安置
    pub placement: String,
    /// 帮扶责任人
    pub helper: String,
    /// 复核日期
    pub review_on: String,
}

impl PlanForm {
    /// Reads the form on a moment's day.
    pub fn read(&self, now: Moment) -> Result<Plan, Faults> {
        let mut fields = Fields::on(now);
        let cause = fields.need_choice::<DropoutCause>("cause", "主要原因", &self.cause);
        let other_causes = self.other_cause.iter().filter_map(|raw| fields.choice("other_cause", "其他原因", raw));
        let mut other_causes: Vec<DropoutCause> = other_causes.collect();
        other_causes.retain(|other| Some(*other) != cause);
        other_causes.dedup();
        let guardian_says = fields.text("guardian_says", "监护人怎么说", &self.guardian_says, 500);
        let aid = fields.need_text("aid", "帮扶措施", &self.aid, 500);
        let placement = fields.text("placement", "安置", &self.placement, 500);
        let helper = fields.text("helper", "帮扶责任人", &self.helper, 50);
        let review_on = fields.day("review_on", "复核日期", &self.review_on);
        if review_on.is_some_and(|on| on <= day_of(now)) {
            fields.fault("review_on", "“复核日期”应在今天以后");
        }
        let plan = |cause| Plan { cause, other_causes, guardian_says, aid, placement, helper, review_on };
        fields.finish(cause.map(plan))
    }
}

/// Writes a plan in the place of the one before.
pub async fn write_plan(services: &Services, actor: &Actor, at: &At, plan: &Plan) -> Result<Done, NotDone> {
    let location = format!("/cases/{}?done=plan", at.case);
    let mut desk = match Desk::open(services, actor, Action::WritePlan, at, location).await? {
        Opened::Fresh(desk) => desk,
        Opened::Before(done) => return Ok(done),
    };
    desk.still_open("制定一人一案方案")?;
    let of = desk.of();
    plans::insert(&mut desk.write, of, plan).await?;
    let event = desk.event(EventKind::PlanWritten).with("cause", plan.cause).with("review_on", plan.review_on);
    desk.close(event).await
}
