//! What the story leaves to whoever tries the demo as the village: a check to answer, a visit to confirm.

use super::{Story, Told, done, picture, read};
use crate::app::AppError;
use crate::app::cases::VisitForm;
use crate::app::cases::view::{opened, visit_start};
use crate::app::cases::visit::log_visit;
use crate::db::checks::CheckLine;
use crate::domain::ids::VisitId;

impl Story<'_> {
    /// Puts one check of the village that has an account last: the last two are not answered.
    pub(super) fn leave_one_to_the_village(&self, missing: &mut Vec<CheckLine>) {
        if let Some(own) = missing.iter().rposition(|check| check.village == self.village.unit()) {
            let left = missing.remove(own);
            missing.push(left);
        }
    }

    /// The township went to a family with the village, which has not said yet that it was there.
    pub(super) async fn awaiting_the_village(&self, cases: &[Told]) -> Result<(), AppError> {
        for told in cases {
            if opened(self.services, &self.village, told.case).await.is_err() {
                continue;
            }
            let start = visit_start(self.services, &self.township, told.case).await?;
            let village = start.candidates.iter().find(|one| one.who.user == self.village.user());
            let form = VisitForm {
                id: VisitId::new().to_string(),
                outcome: "hesitant".to_owned(),
                said: "孩子愿意再想一想，家里担心跟不上。".to_owned(),
                who: village.map(|one| one.appointment.to_string()).into_iter().collect(),
                ..VisitForm::default()
            };
            let entry = read(form.read(self.now(), vec![picture("入户.jpg").await?], vec![]))?;
            return done(log_visit(self.services, &self.township, told.case, entry).await);
        }
        Ok(())
    }
}
