//! How the story ends for some: back in class, struck off, looked after, gone again; agreed to by the county.

use super::{Story, Told, at, done, picture, read, sending};
use crate::app::AppError;
use crate::app::cases::after_care::{self, AfterCareForm};
use crate::app::cases::dispose::{self, DecideForm};
use crate::app::cases::evidence::{self, EvidenceForm};
use crate::app::cases::open::{Origin, ToOpen, open_case};
use crate::app::cases::reopen::{self, ReopenForm};
use crate::app::cases::school_return::{self, ReturnForm};
use crate::app::cases::strike_off;
use crate::app::cases::view::opened;
use crate::db::children::{self, ChildFilter, ChildOrder};
use crate::domain::ids::CaseId;
use crate::domain::words::DispositionKind;

/// So many come back: one just now, one looked after next, one looked after, one gone again.
const RETURNING: usize = 4;
/// The first contact after a return, in days.
const FIRST_CARE: u16 = 30;

impl Story<'_> {
    /// The last few of the cases that the school sees, and the others.
    pub(super) async fn those_who_return(&self, cases: &[Told]) -> Result<(Vec<Told>, Vec<Told>), AppError> {
        let (mut back, mut others) = (Vec::new(), Vec::new());
        for told in cases.iter().rev() {
            let of_school = opened(self.services, &self.principal, told.case).await.is_ok();
            if of_school && back.len() < RETURNING { back.push(told.clone()) } else { others.push(told.clone()) }
        }
        others.reverse();
        Ok((back, others))
    }

    /// Back in class with the family's commitment, and struck off.
    pub(super) async fn returns(&self, cases: &[Told]) -> Result<(), AppError> {
        self.back_in_class(cases).await?;
        for told in cases {
            let conclusion = Some(DispositionKind::Returned);
            done(strike_off::strike_off(self.services, &self.township, &at(told.case), conclusion).await)?;
        }
        Ok(())
    }

    /// The commitment is on file and the school confirms the first day.
    pub(super) async fn back_in_class(&self, cases: &[Told]) -> Result<(), AppError> {
        let today = self.services.db.clock().today().to_string();
        for told in cases {
            let form =
                EvidenceForm { kind: "commitment".to_owned(), fact_on: today.clone(), ..EvidenceForm::default() };
            let filing = read(form.read(self.now(), vec![picture("复学承诺书.jpg").await?]))?;
            done(evidence::add(self.services, &self.township, &at(told.case), filing).await)?;
            let form = ReturnForm {
                on: today.clone(),
                class_label: "1班".to_owned(),
                helper: "李文静".to_owned(),
                ..ReturnForm::default()
            };
            let back = read(form.read(self.now()))?;
            done(school_return::confirm_return(self.services, &self.principal, &at(told.case), &back).await)?;
        }
        Ok(())
    }

    /// Thirty days later one is in class, and one has gone again and is brought back into the ledger.
    pub(super) async fn looked_after(&self, cases: &[Told]) -> Result<(), AppError> {
        for (told, at_school) in cases.iter().zip([true, false]) {
            let form = AfterCareForm {
                on: self.services.db.clock().today().to_string(),
                at_school: if at_school { "yes" } else { "no" }.to_owned(),
                note: if at_school { "到课正常" } else { "国庆后没有再来，随父亲外出" }.to_owned(),
            };
            let found = read(form.read(self.now()))?;
            let case = at(told.case);
            done(after_care::record_aftercare(self.services, &self.principal, &case, FIRST_CARE, &found).await)?;
            if !at_school {
                self.gone_again(told.case).await?;
            }
        }
        Ok(())
    }

    async fn gone_again(&self, case: CaseId) -> Result<(), AppError> {
        let on = self.services.db.clock().today().to_string();
        let relapse = read(ReopenForm { on, reason: "复学后再次离校".to_owned() }.read(self.now()))?;
        done(reopen::reopen(self.services, &self.township, &at(case), &relapse).await)
    }

    /// Two children of the class teacher's own class stay away without a word: one is suspected, to be confirmed on
    /// the spot; the other was met at home, and the teacher visits next.
    pub(super) async fn absent(&self) -> Result<(), AppError> {
        let filter = ChildFilter { class: self.teacher.unit(), ..ChildFilter::default() };
        let mut read = self.services.db.read(&self.teacher).await?;
        let class = children::list(&mut read, &filter, ChildOrder::Name, 2, 0).await?.lines;
        drop(read);
        let on = self.services.db.clock().today();
        for (child, origin) in class.iter().zip([Origin::Absence { on }, Origin::Found { on }]) {
            done(open_case(self.services, &self.registrar, &sending(), ToOpen::new(child.id, origin)).await)?;
        }
        Ok(())
    }

    /// The county agrees, with the sheet that its leading group signed.
    pub(super) async fn approve(&self, case: CaseId) -> Result<(), AppError> {
        let open = opened(self.services, &self.approver, case).await?;
        let Some(pending) = open.facts.dispositions.iter().find(|one| one.decided.is_none()) else { return Ok(()) };
        let form = DecideForm { approve: "yes".to_owned(), ..DecideForm::default() };
        let decision = read(form.read(self.now(), vec![picture("核处审批表.jpg").await?]))?;
        done(dispose::decide_disposition(self.services, &self.approver, &at(case), pending.id, decision).await)
    }
}
