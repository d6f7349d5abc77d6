//! All facts of a batch of cases, one statement a table, as the domain takes them.

use std::collections::HashMap;
use std::hash::Hash;

use super::case::{self, CaseHead};
use super::{facts_endings, facts_papers, facts_steps, facts_visits};
use crate::db::door::Door;
use crate::db::error::{DbError, Result};
use crate::domain::case::{CaseFact, ChildFact, Facts};
use crate::domain::ids::CaseId;

/// A case with all its facts.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What lists and tasks say of it.
    pub head: CaseHead,
    /// What its standing is computed from.
    pub facts: Facts,
}

/// The facts of one case; `NotFound` where the actor does not see it.
pub async fn one(db: &mut impl Door, id: CaseId) -> Result<Loaded> {
    batch(db, &[id]).await?.into_iter().next().ok_or(DbError::NotFound)
}

/// The facts of the cases of these ids that the actor sees; in no order.
pub async fn batch(db: &mut impl Door, ids: &[CaseId]) -> Result<Vec<Loaded>> {
    let heads = case::heads(db, ids).await?;
    let ids = case::uuids(ids);
    let mut visits = grouped(facts_visits::visits(db, &ids).await?);
    let signatures = grouped(facts_steps::signatures(db, &ids).await?);
    let mut papers = grouped(facts_papers::papers(db, &ids, signatures).await?);
    let mut steps = grouped(facts_steps::steps(db, &ids).await?);
    let mut skips = grouped(facts_steps::skips(db, &ids).await?);
    let mut services = grouped(facts_papers::services(db, &ids).await?);
    let mut verifications = grouped(facts_papers::verifications(db, &ids).await?);
    let mut evidence = grouped(facts_endings::evidence(db, &ids).await?);
    let mut dispositions = grouped(facts_endings::dispositions(db, &ids).await?);
    let mut returns = grouped(facts_endings::returns(db, &ids).await?);
    let mut strike_offs = grouped(facts_endings::strike_offs(db, &ids).await?);
    let mut reopenings = grouped(facts_endings::reopenings(db, &ids).await?);
    let mut after_care = grouped(facts_endings::after_care(db, &ids).await?);
    let mut plans = grouped(facts_endings::plans(db, &ids).await?);
    let children: Vec<_> = heads.iter().map(|head| head.child.0).collect();
    let excuses = grouped(facts_endings::excuses(db, &children).await?);
    let facts = |head: &CaseHead| Facts {
        case: case_fact(head),
        child: child_fact(head),
        visits: visits.remove(&head.id).unwrap_or_default(),
        papers: papers.remove(&head.id).unwrap_or_default(),
        services: services.remove(&head.id).unwrap_or_default(),
        verifications: verifications.remove(&head.id).unwrap_or_default(),
        steps: steps.remove(&head.id).unwrap_or_default(),
        skips: skips.remove(&head.id).unwrap_or_default(),
        evidence: evidence.remove(&head.id).unwrap_or_default(),
        dispositions: dispositions.remove(&head.id).unwrap_or_default(),
        returns: returns.remove(&head.id).unwrap_or_default(),
        strike_offs: strike_offs.remove(&head.id).unwrap_or_default(),
        reopenings: reopenings.remove(&head.id).unwrap_or_default(),
        after_care: after_care.remove(&head.id).unwrap_or_default(),
        excuses: excuses.get(&head.child).cloned().unwrap_or_default(),
        plan: plans.remove(&head.id).and_then(|plans| plans.into_iter().next()),
        // What the endings without a page of their own ask for is not written down yet.
        consents: Vec::new(),
        findings: Vec::new(),
        exam_on: None,
        home_teaching: Vec::new(),
        attendance: Vec::new(),
    };
    let facts: Vec<Facts> = heads.iter().map(facts).collect();
    Ok(heads.into_iter().zip(facts).map(|(head, facts)| Loaded { head, facts }).collect())
}

fn child_fact(head: &CaseHead) -> ChildFact {
    let grade = head.grade.and_then(|grade| u8::try_from(grade).ok());
    ChildFact { birth: Some(head.birth), grade, sex: Some(head.sex), ..ChildFact::default() }
}

fn case_fact(head: &CaseHead) -> CaseFact {
    CaseFact {
        kind: head.kind,
        origin: head.origin,
        opened_on: head.opened_on,
        confirmed_on: head.confirmed_on,
        acting_township: Some(head.acting_township),
        school: head.school,
    }
}

/// Rows by what they belong to, each group in the order of the rows.
fn grouped<K: Eq + Hash, V>(rows: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, row) in rows {
        groups.entry(key).or_default().push(row);
    }
    groups
}
