//! The forms that go with every case: records of visits, receipts, commitments, the referral to the county.

use super::compose::{Dress, Gathered, some, units_of};
use crate::domain::case::ItemState;
use crate::domain::moment::{day_of, local};
use crate::domain::words::{DispositionKind, Outcome, ServiceMethod, VisitMode};
use crate::papers::data::{
    Choice, Commitment, CountyReferral, Opinion, ReferredVisit, ReturnReceipt, ServedPaper, ServiceReceipt,
    VisitRecord, Visitor,
};

/// 劝返记录 of one visit.
pub(super) fn visit_record(of: &Gathered, dress: &Dress) -> VisitRecord {
    let Some((row, went)) = &of.visit else { return VisitRecord::default() };
    let visit = &row.visit;
    let visitor = |who: &crate::db::cases::participants::Participant| Visitor {
        name: some(&who.name),
        unit: some(&who.unit_name),
        post: some(&who.title),
        phone: None,
    };
    let fact = of.facts.visits.iter().find(|fact| fact.id == visit.id);
    VisitRecord {
        imprint: dress.imprint.clone(),
        ordinal: ordinal(of, visit.id),
        pupil: of.pupil(dress),
        school: of.subject.school.clone(),
        class: some(&of.subject.class),
        absent_since: of.text.absent_since,
        guardians: guardians(of),
        address: some(&of.subject.domicile),
        started_at: Some(local(visit.happened_at).naive_local()),
        place: some(&visit.place),
        methods: Choice::one_of(labels(VisitMode::ALL, VisitMode::label), Some(visit.mode.label())),
        pupil_present: Some(visit.outcome.pupil_present()),
        guardians_present: some(&visit.guardian_name),
        visitors: went.iter().filter(|who| who.declined_at.is_none()).map(visitor).collect(),
        guardian_said: some(&visit.said),
        outcomes: Choice::one_of(labels(Outcome::ALL, Outcome::label), Some(visit.outcome.label())),
        return_on: visit.promised_on,
        photos: fact.map(|fact| u32::from(fact.photos)),
        ..VisitRecord::default()
    }
}

/// 劝返记录 to be taken along: the child's particulars stand on it, the visit is left to the pen.
pub(super) fn blank_visit_record(of: &Gathered, dress: &Dress) -> VisitRecord {
    VisitRecord {
        imprint: dress.imprint.clone(),
        ordinal: Some(u32::from(of.standing.counted) + 1),
        pupil: of.pupil(dress),
        school: of.subject.school.clone(),
        class: some(&of.subject.class),
        absent_since: of.text.absent_since,
        guardians: guardians(of),
        address: some(&of.subject.domicile),
        methods: Choice::one_of(labels(VisitMode::ALL, VisitMode::label), None),
        outcomes: Choice::one_of(labels(Outcome::ALL, Outcome::label), None),
        ..VisitRecord::default()
    }
}

/// Its place among those that count.
fn ordinal(of: &Gathered, id: crate::domain::ids::VisitId) -> Option<u32> {
    let line = of.standing.visits.iter().find(|line| line.id == id)?;
    match &line.verdict {
        crate::domain::case::Verdict::Counts(nth) => Some((*nth).into()),
        crate::domain::case::Verdict::Waits(_) | crate::domain::case::Verdict::DoesNot(_) => None,
    }
}

/// 送达回证, to be taken along and signed.
pub(super) fn service_receipt(of: &Gathered, dress: &Dress) -> ServiceReceipt {
    let served = of.served.as_ref();
    let number = |paper: &crate::db::cases::papers::PaperRow| paper.document_number.clone().or(inner_number(paper));
    ServiceReceipt {
        imprint: dress.imprint.clone(),
        issuer: served.map(|paper| of.organ(paper.unit)),
        matter: Some("未按规定送适龄儿童、少年接受义务教育".to_owned()),
        papers: served
            .map(|paper| ServedPaper { title: paper.kind.label().to_owned(), number: number(paper) })
            .into_iter()
            .collect(),
        recipient: guardians(of),
        place: some(&of.subject.domicile),
        methods: Choice::one_of(labels(ServiceMethod::ALL, ServiceMethod::label), None),
        filled_by: some(&of.row.drafted_name),
        date: Some(dress.on),
        ..ServiceReceipt::default()
    }
}

/// 复学承诺书, to be signed.
pub(super) fn commitment(of: &Gathered, dress: &Dress) -> Commitment {
    Commitment {
        imprint: dress.imprint.clone(),
        to: some(&of.organ(of.head.acting_township)),
        pupil: of.pupil(dress),
        absent_since: of.text.absent_since,
        return_on: of.text.deadline_on,
        school: some(&of.text.report_to),
        date: Some(dress.on),
        ..Commitment::default()
    }
}

/// 复学报到回执 of the school.
pub(super) fn return_receipt(of: &Gathered, dress: &Dress) -> ReturnReceipt {
    let back = of.facts.returns.last();
    ReturnReceipt {
        imprint: dress.imprint.clone(),
        to: some(&of.organ(of.head.acting_township)),
        pupil: of.pupil(dress),
        guardians: guardians(of),
        before: of.enrolled_at(),
        absent_since: of.text.absent_since,
        reported_on: back.map(|back| back.on),
        follow_up: of.standing.after_care.iter().map(|line| line.due).collect(),
        school: some(&of.text.report_to),
        date: Some(dress.on),
        ..ReturnReceipt::default()
    }
}

/// 移交县级核处审核表.
pub(super) fn county_referral(of: &Gathered, dress: &Dress) -> CountyReferral {
    let rule = of.rules.on(dress.on).disposition(DispositionKind::CountyDecision);
    let body = rule.and_then(|rule| rule.body.clone());
    let opinion = |title: &str| Opinion { title: title.to_owned(), ..Opinion::default() };
    let mut opinions = vec![opinion("乡镇人民\n政府意见"), opinion("县级教育行政\n部门意见")];
    opinions.extend(body.map(|body| opinion(&format!("{body}意见"))));
    let evidence = of.standing.evidence.iter().flat_map(|list| &list.items);
    let evidence =
        evidence.map(|item| Choice { label: item.label.clone(), chosen: item.state == ItemState::Complete }).collect();
    CountyReferral {
        imprint: dress.imprint.clone(),
        date: Some(dress.on),
        pupil: of.pupil(dress),
        class: of.enrolled_at(),
        absent_since: of.text.absent_since,
        guardians: guardians(of),
        phone: some(&dress.phones.join("、")),
        address: some(&of.subject.domicile),
        facts: some(&of.text.facts.join("\n")),
        visits: referred(of),
        evidence,
        opinions,
        ..CountyReferral::default()
    }
}

fn referred(of: &Gathered) -> Vec<ReferredVisit> {
    let counting = of.standing.visits.iter().rev();
    let counting = counting.filter(|line| matches!(line.verdict, crate::domain::case::Verdict::Counts(_)));
    let visits = counting.filter_map(|line| of.facts.visits.iter().find(|visit| visit.id == line.id));
    let referred = |visit: &crate::domain::case::VisitFact| ReferredVisit {
        on: Some(visit.day),
        by: units_of(visit),
        pupil_present: Some(visit.outcome.pupil_present()),
        outcome: some(visit.outcome.label()),
    };
    visits.map(referred).collect()
}

/// 杨某（父亲）、李某（母亲）
fn guardians(of: &Gathered) -> Option<String> {
    let named = of.subject.guardians.iter().map(|one| match one.relation.as_str() {
        "" => one.name.clone(),
        relation => format!("{}（{relation}）", one.name),
    });
    let named: Vec<String> = named.collect();
    let addressed = if named.is_empty() { of.text.addressees.join("、") } else { named.join("、") };
    some(&addressed)
}

fn labels<T: Copy + 'static>(all: &'static [T], label: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| label(*one)).collect()
}

/// 2026-0005
pub(super) fn inner_number(paper: &crate::db::cases::papers::PaperRow) -> Option<String> {
    let year =
        paper.year.or(paper.issued_at.map(|at| chrono::Datelike::year(&day_of(at)).try_into().unwrap_or(i16::MAX)));
    Some(format!("{}-{:04}", year?, paper.number?))
}
