//! The checks of the township, and what the villages found.

use super::{Story, Told, picture};
use crate::app::AppError;
use crate::app::checks::{self, AnswerInput, Settled};
use crate::db::checks::{CheckFilter, CheckLine, Part};
use crate::domain::event::{Event, EventKind};
use crate::domain::words::CheckFinding;

/// What the villages found, child by child.
const FOUND: [CheckFinding; 7] = [
    CheckFinding::OutOfSchool,
    CheckFinding::OutOfSchool,
    CheckFinding::OutOfSchool,
    CheckFinding::Elsewhere,
    CheckFinding::OutOfSchool,
    CheckFinding::OutOfSchool,
    CheckFinding::OutOfSchool,
];

impl Story<'_> {
    /// Whoever of the township is on no roll.
    pub(super) async fn missing(&self) -> Result<Vec<CheckLine>, AppError> {
        let mut read = self.services.db.read(&self.township).await?;
        let filter = CheckFilter { township: self.township.unit(), ..CheckFilter::default() };
        Ok(crate::db::checks::list(&mut read, filter, Part::first(500)).await?)
    }

    /// The villages answer, all but two; the township settles what was found.
    pub(super) async fn answers(&self, missing: &[CheckLine]) -> Result<Vec<Told>, AppError> {
        let mut cases = Vec::new();
        for (at, check) in missing.iter().take(missing.len().saturating_sub(2)).enumerate() {
            let finding = FOUND[at % FOUND.len()];
            let elsewhere =
                (finding == CheckFinding::Elsewhere).then(|| "四川省达州市万源市第一小学 四年级".to_owned());
            let found_on = self.services.db.clock().today();
            let input = AnswerInput { finding, found_on, elsewhere, note: "村里上门核实".to_owned() };
            // Every other family had the school's letter at hand.
            let proofs = if input.elsewhere.is_some() && at % 2 == 1 {
                vec![picture("就读证明.jpg").await?]
            } else {
                vec![]
            };
            let mut write = self.services.db.write(&self.township).await?;
            checks::answer_with_proof(self.services, &mut write, check, &input, proofs).await?;
            write.commit(Event::new(EventKind::CheckAnswered).child(check.child).with("finding", finding)).await?;
            if let Settled::Case(case) = checks::settle(self.services, &self.township, check.id).await? {
                cases.push(Told { case, guardian: check.head_name.clone().unwrap_or_default() });
            }
        }
        Ok(cases)
    }
}
