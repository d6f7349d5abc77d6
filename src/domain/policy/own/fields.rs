//! The fields that a policy offers to its county, with the policy's values in them.

use super::{Field, Given};
use crate::domain::period::Period;
use crate::domain::policy::{Media, Organ, Policy, Signers, Sourced, Step};
use crate::domain::words::VisitMode;

/// The fields, in the order of the profile.
pub fn fields(policy: &Policy) -> Vec<Field> {
    let mut all = vec![period("check.within", "回复期限", &policy.check.within)];
    all.extend(policy.ladder.iter().flat_map(step));
    all.extend(policy.gate.iter().map(|(gate, visits)| {
        Field::new(format!("gate.{}", gate.code()), gate.label(), Given::Number(visits.value.to_string()))
    }));
    all.extend(visit(policy));
    let days: Vec<String> = policy.after_care.days.value.iter().map(ToString::to_string).collect();
    all.push(Field::new("after_care.days", "返校后第几日回访", Given::Days(days.join("、"))));
    let exam: Vec<String> = policy.detection.dates.exam.iter().map(ToString::to_string).collect();
    all.push(Field::new("dates.exam", "各年中考第一天", Given::Dates(exam.join("、"))));
    all.extend(penalty(policy));
    all.extend([Organ::Subdistrict, Organ::ZoneCommittee].into_iter().map(|organ| local_basis(policy, organ)));
    all
}

impl Field {
    fn new(key: impl Into<String>, label: impl Into<String>, given: Given) -> Self {
        Self { key: key.into(), label: label.into(), given }
    }
}

fn period(key: &str, label: &str, of: &Sourced<Period>) -> Field {
    let Period { n, unit, .. } = of.value;
    Field::new(key, label, Given::Period { n: n.to_string(), unit: unit.code().to_owned() })
}

/// The periods of a step that the scheme has, and who issues its paper (AMB-02).
fn step(step: &Step) -> Vec<Field> {
    let rung = step.rung.code();
    let second = if step.rung.paper().is_some() { "签发期限" } else { "审批期限" };
    let periods = [
        ("within", "办理期限", step.within.as_ref()),
        ("signed_within", second, step.signed_within.as_ref()),
        ("served_within", "送达期限", step.served_within.as_ref()),
        ("deadline", "限期复学", step.deadline.as_ref()),
    ];
    let set = periods.into_iter().filter_map(|(key, label, of)| Some((key, label, of?)));
    let mut fields: Vec<Field> =
        set.map(|(key, label, of)| period(&format!("ladder.{rung}.{key}"), label, of)).collect();
    fields.extend(issuer(step));
    fields
}

/// Who orders, where one organ does it alone; what several organs sign stays as the scheme says.
fn issuer(step: &Step) -> Option<Field> {
    let Signers::One(owner) = step.signed_by.as_ref()? else { return None };
    let may = [Organ::Township, Organ::Subdistrict, Organ::ZoneCommittee, Organ::EducationBureau];
    let of = may.iter().map(|organ| (organ.code(), organ.label())).collect();
    let given = Given::One { chosen: owner.organ.code().to_owned(), of };
    let asked = step.rung.orders() && step.rung.paper().is_some();
    asked.then(|| Field::new(format!("ladder.{}.signed_by", step.rung.code()), "签发机关", given))
}

fn visit(policy: &Policy) -> Vec<Field> {
    let rule = &policy.visit;
    let media = Given::Any {
        chosen: codes(rule.media.value.iter().map(|media| media.code())),
        of: Media::ALL.iter().map(|media| (media.code(), media.label())).collect(),
    };
    let modes = Given::Any {
        chosen: codes(rule.modes.value.iter().map(|mode| mode.code())),
        of: VisitMode::ALL.iter().map(|mode| (mode.code(), mode.label())).collect(),
    };
    let parties = rule.parties.iter().flat_map(|parties| &parties.value);
    let organs = [Organ::Village, Organ::School, Organ::Township, Organ::EducationBureau];
    let parties = Given::Any {
        chosen: codes(parties.map(|organ| organ.code())),
        of: organs.iter().map(|organ| (organ.code(), organ.label())).collect(),
    };
    vec![
        Field::new("visit.pupil_present", "学生本人在场才计次", Given::Yes(rule.pupil_present.value)),
        Field::new("visit.min_units", "至少几个单位同去", Given::Number(rule.min_units.value.to_string())),
        Field::new("visit.parties", "必须有人参加的单位", parties),
        Field::new("visit.media", "有一样即可的证明", media),
        Field::new("visit.sheet_confirms", "签字的劝返记录代替各人确认", Given::Yes(rule.sheet_confirms.value)),
        Field::new("visit.distinct_days", "同一天几次只计一次", Given::Yes(rule.distinct_days.value)),
        Field::new("visit.modes", "计次的见面方式", modes),
        period("visit.every", "上一次之后多久再去", &rule.every),
        period("visit.confirm_within", "记录到达后多久确认", &rule.confirm_within),
    ]
}

fn codes<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<String> {
    codes.map(str::to_owned).collect()
}

fn penalty(policy: &Policy) -> Vec<Field> {
    let basis = policy.penalty.basis.as_ref();
    let text = |of: fn(&crate::domain::policy::PenaltyBasis) -> &String| {
        Given::Text(basis.map_or_else(String::new, |b| of(b).clone()))
    };
    vec![
        Field::new("penalty.enabled", "实施行政处罚", Given::Yes(policy.penalty.enabled)),
        Field::new("penalty.basis.law", "法规名称", text(|basis| &basis.law)),
        Field::new("penalty.basis.article", "条款", text(|basis| &basis.article)),
        Field::new("penalty.basis.range", "罚则", text(|basis| &basis.range)),
        Field::new("penalty.basis.authority", "处罚权的依据", text(|basis| &basis.authority)),
    ]
}

/// The document by which an organ that the law does not name may order (law.md §0.11).
fn local_basis(policy: &Policy, organ: Organ) -> Field {
    let known = policy.local_basis.iter().find(|basis| basis.organ == organ);
    let key = format!("local_basis.{}", known.map_or(organ.code(), |basis| basis.id.as_str()));
    let text = known.map(|basis| basis.text.clone()).unwrap_or_default();
    Field::new(key, format!("{organ}签发文书的地方依据"), Given::Text(text))
}
