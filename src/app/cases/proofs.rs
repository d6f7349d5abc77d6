//! The evidence of a case as a page shows it, each file with what speaks for and against it (security.md C4 row 7):
//! labels for whoever judges, never a refusal.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::evidence::may_withdraw;
use crate::app::{AppError, Services};
use crate::db::cases::evidence::{self, EvidenceRow};
use crate::db::files;
use crate::db::{Door as _, Read};
use crate::domain::actor::Person;
use crate::domain::ids::{CaseId, FileId};
use crate::domain::moment::full_day;
use crate::domain::role::Role;
use crate::domain::words::EvidenceKind;
use crate::files::Metadata;

/// A file of evidence on a page.
#[derive(Debug, Clone)]
pub struct Proof {
    /// What is recorded.
    pub row: EvidenceRow,
    /// For a photograph: when it says that it was taken, if it says so.
    pub taken: Option<Taken>,
    /// The very same picture was uploaded before or after as another file.
    pub elsewhere: bool,
    /// The reader may open it: a village does not read medical papers of others (security.md C2).
    pub may_open: bool,
    /// The reader may withdraw it.
    pub may_withdraw: bool,
}

/// What a photograph says of the day it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The day of the fact.
    SameDay,
    /// Another day.
    OtherDay(NaiveDate),
    /// Nothing: a screenshot, or a picture that was passed on.
    Unsaid,
}

impl Proof {
    /// What a person should look at before believing it, a few words each.
    pub fn doubts(&self) -> Vec<String> {
        let taken = match self.taken {
            Some(Taken::OtherDay(day)) => Some(format!("照片记录的拍摄日期是{}", full_day(day))),
            _ => None,
        };
        let elsewhere = self.elsewhere.then(|| "同一张照片还上传过一次".to_owned());
        taken.into_iter().chain(elsewhere).collect()
    }

    /// A photograph that says nothing of its time; most that were passed on do not.
    pub fn is_silent(&self) -> bool {
        self.taken == Some(Taken::Unsaid)
    }
}

/// The evidence of a case, the latest first, withdrawn files too.
pub async fn proofs(
    services: &Services,
    read: &mut Read,
    person: &Person,
    case: CaseId,
) -> Result<Vec<Proof>, AppError> {
    let rows = evidence::of_case(read, case).await?;
    let ids: Vec<FileId> = rows.iter().map(|row| row.evidence.file).collect();
    let elsewhere: HashSet<FileId> = files::filed_elsewhere(read, &ids).await?.into_iter().collect();
    let said = said(services, read, &ids).await?;
    let proof = |row: EvidenceRow| {
        let medical = matches!(row.evidence.kind, EvidenceKind::DisabilityProof | EvidenceKind::HospitalProof);
        let own = row.added_by == person.user;
        Proof {
            taken: said.get(&row.evidence.file).map(|said| taken(said, row.evidence.fact_on)),
            elsewhere: elsewhere.contains(&row.evidence.file),
            may_open: own || !(medical && person.role == Role::Village),
            may_withdraw: row.withdrawn_at.is_none() && may_withdraw(person, row.added_by),
            row,
        }
    };
    Ok(rows.into_iter().map(proof).collect())
}

async fn said(services: &Services, read: &mut Read, ids: &[FileId]) -> Result<HashMap<FileId, Metadata>, AppError> {
    let key = services.key(read.county()).await?;
    let mut said = HashMap::new();
    for (id, sealed) in files::sealed_metadata(read, ids).await? {
        let plain = key.open("file.meta", id.0, &sealed)?;
        said.insert(id, serde_json::from_slice(&plain).unwrap_or_default());
    }
    Ok(said)
}

fn taken(said: &Metadata, fact_on: NaiveDate) -> Taken {
    match said.taken.map(|at| at.date()) {
        Some(day) if day == fact_on => Taken::SameDay,
        Some(day) => Taken::OtherDay(day),
        None => Taken::Unsaid,
    }
}
