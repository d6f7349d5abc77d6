//! What a paper says: composed from the facts of the case, the policy of the day and the file of provisions.

use chrono::NaiveDate;
use serde_json::Value;

use super::forms;
use super::text::PaperText;
use crate::app::policy::Rules;
use crate::app::{AppError, Services, laws, policy};
use crate::db::Door;
use crate::db::cases::case::CaseHead;
use crate::db::cases::papers::PaperRow;
use crate::db::cases::participants::{self, Participant};
use crate::db::cases::subject::{self, Subject};
use crate::db::cases::visits::{self, VisitRow};
use crate::db::cases::{facts, papers};
use crate::domain::case::{Facts, Standing, Verdict, standing};
use crate::domain::ids::UnitId;
use crate::domain::moment::day_of;
use crate::domain::policy::Organ;
use crate::domain::units::Units;
use crate::domain::words::PaperKind;
use crate::papers::data::{CitedProvision, DeadlineNotice, Imprint, Person, PersuasionNotice, RecordedVisit};
use crate::papers::{Paper, PaperTemplate};

/// What every notice begins with; its drafter may write otherwise.
pub(super) const CONSEQUENCE: &str = "逾期无正当理由仍不送其返校的，将依照有关法律法规和本县控辍保学实施方案继续处理。";

/// How an order is contested (行政复议法 §20, §24；行政诉讼法 §46); its drafter may write otherwise.
pub(super) fn remedy(county: &str) -> String {
    format!(
        "如不服本通知，可以自收到之日起六十日内向{county}人民政府申请行政复议，也可以自收到之日起六个月内依法向人民法院提起行政诉讼。"
    )
}

/// All that a paper may draw on.
pub(super) struct Gathered {
    pub(super) row: PaperRow,
    pub(super) head: CaseHead,
    pub(super) subject: Subject,
    pub(super) facts: Facts,
    pub(super) standing: Standing,
    pub(super) rules: std::sync::Arc<Rules>,
    pub(super) units: std::sync::Arc<Units>,
    pub(super) text: PaperText,
    /// The visit a 劝返记录 records, with those who went.
    pub(super) visit: Option<(VisitRow, Vec<Participant>)>,
    /// The paper a 送达回证 goes with.
    pub(super) served: Option<PaperRow>,
}

/// What differs between a preview and the paper itself.
pub(super) struct Dress {
    /// The day it bears.
    pub(super) on: NaiveDate,
    pub(super) imprint: Imprint,
    /// The identity number, in full on a statutory paper.
    pub(super) idno: Option<String>,
    /// Phones of the guardians, in full on a statutory paper.
    pub(super) phones: Vec<String>,
    /// Who signs it.
    pub(super) signed_by: Option<String>,
}

impl Gathered {
    pub(super) async fn load(
        services: &Services,
        db: &mut impl Door,
        row: PaperRow,
        text: PaperText,
    ) -> Result<Self, AppError> {
        let units = services.units(db.county()).await?;
        let rules = policy::rules(services, db).await?;
        let facts::Loaded { head, facts } = facts::one(db, row.case).await?;
        let standing = standing(&facts, &rules.policies, &rules.calendar, day_of(db.now()));
        let subject = subject::subject(db, head.child).await?;
        let visit = match text.visit {
            Some(id) => Some((visits::one(db, id).await?, participants::of_visit(db, id).await?)),
            None => None,
        };
        let served = match text.paper {
            Some(id) => Some(papers::one(db, id).await?),
            None => None,
        };
        Ok(Self { row, head, subject, facts, standing, rules, units, text, visit, served })
    }

    /// The template and what it is filled with.
    pub(super) fn compose(&self, dress: &Dress) -> Result<(PaperTemplate, Value), AppError> {
        match self.row.kind {
            PaperKind::DeadlineNotice => filled(&self.deadline_notice(dress)),
            PaperKind::ReturnNotice => filled(&self.persuasion_notice(dress)),
            PaperKind::VisitRecord => filled(&forms::visit_record(self, dress)),
            PaperKind::ServiceProof => filled(&forms::service_receipt(self, dress)),
            PaperKind::Commitment => filled(&forms::commitment(self, dress)),
            PaperKind::ReturnReceipt => filled(&forms::return_receipt(self, dress)),
            PaperKind::CountyReferral => filled(&forms::county_referral(self, dress)),
            other => Err(AppError::Fault(format!("{other} has no template"))),
        }
    }

    fn deadline_notice(&self, dress: &Dress) -> DeadlineNotice {
        let policy = self.rules.on(dress.on);
        let step = policy.ladder.iter().find(|step| step.rung.paper() == Some(self.row.kind));
        let organ = self.units.get(self.row.unit).map(|unit| Organ::of(unit.kind, &unit.name));
        let laws = step.map_or(&[][..], |step| &step.laws);
        DeadlineNotice {
            imprint: dress.imprint.clone(),
            addressees: self.text.addressees.iter().map(Person::named).collect(),
            pupil: self.pupil(dress),
            enrolled_at: self.enrolled_at(),
            absent_since: self.text.absent_since,
            visits: self.recounted(),
            facts: self.text.facts.clone(),
            basis: laws.iter().filter_map(|law| cited(law, dress.on)).collect(),
            command: organ.filter(|organ| policy.may_order(*organ)).map(|_| "责令限期改正".to_owned()),
            within: step.and_then(|step| step.deadline.as_ref()).map(|deadline| deadline.value.label()),
            until: self.text.deadline_on,
            report_to: some(&self.text.report_to),
            consequences: self.text.consequences.clone(),
            remedies: self.text.remedies.clone(),
            contact_name: some(&self.text.contact_name),
            contact_phone: some(&self.text.contact_phone),
            copies: vec!["送达监护人".to_owned(), "存档".to_owned(), format!("送{}", self.text.report_to)],
            issuer: some(&self.organ(self.row.unit)),
            date: Some(dress.on),
            signed_by: dress.signed_by.clone(),
            handled_by: some(&self.row.drafted_name),
            ..DeadlineNotice::default()
        }
    }

    pub(super) fn persuasion_notice(&self, dress: &Dress) -> PersuasionNotice {
        PersuasionNotice {
            imprint: dress.imprint.clone(),
            pupil_name: some(&self.subject.name),
            deadline: self.text.deadline_on,
            school: some(&self.text.report_to),
            issuer: some(&self.organ(self.row.unit)),
            date: Some(dress.on),
            ..PersuasionNotice::default()
        }
    }

    /// A unit's organ as papers name it.
    pub(super) fn organ(&self, unit: UnitId) -> String {
        self.units.get(unit).map_or_else(String::new, |unit| Organ::styled(unit.kind, &unit.name))
    }

    /// The child; the number only where the paper is dressed with it.
    pub(super) fn pupil(&self, dress: &Dress) -> Person {
        Person {
            name: some(&self.subject.name),
            sex: some(self.subject.sex.label()),
            born: Some(self.subject.birth),
            id_number: dress.idno.clone(),
            roll_number: None,
        }
    }

    /// School and class of the roll; none for one that never enrolled.
    pub(super) fn enrolled_at(&self) -> Option<String> {
        self.subject.school.as_ref().map(|school| format!("{school}{}", self.subject.class))
    }

    /// The visits that count in this round, the earliest first.
    fn recounted(&self) -> Vec<RecordedVisit> {
        let counting = self.standing.visits.iter().rev().filter(|line| matches!(line.verdict, Verdict::Counts(_)));
        let visit = |line: &crate::domain::case::VisitLine| {
            let visit = self.facts.visits.iter().find(|visit| visit.id == line.id)?;
            let note = visit.outcome.pupil_present().then(|| format!("学生在场，{}", visit.outcome));
            Some(RecordedVisit { on: visit.day, by: units_of(visit), note })
        };
        counting.filter_map(visit).collect()
    }
}

/// The units that took part, each once.
pub(super) fn units_of(visit: &crate::domain::case::VisitFact) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for who in visit.participants.iter().filter(|who| who.confirmed || visit.signed_sheet) {
        let organ = Organ::styled(who.unit_kind, &who.unit_name);
        if !units.contains(&organ) {
            units.push(organ);
        }
    }
    units
}

fn cited(key: &str, on: NaiveDate) -> Option<CitedProvision> {
    let cited = laws::cite(key, on)?;
    Some(CitedProvision { law: cited.law, article: cited.article, text: cited.text })
}

/// An empty text is left free on the sheet for the pen.
pub(super) fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn filled<P: Paper>(paper: &P) -> Result<(PaperTemplate, Value), AppError> {
    Ok((P::TEMPLATE, paper.facts().map_err(|error| AppError::Fault(error.to_string()))?))
}
