//! What must be so of a child, a family or a case before a disposition: typed and closed, joined by all and any.

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop, read_codes};
use super::rules::Gate;
use crate::domain::words::{CaseKind, Finding, KeyPopulation, Outcome, Place, Sex, Signatory, VisitMode};
use crate::vocabulary;

/// One condition, and the scheme's words for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What must be so.
    pub test: Test,
    /// The words of a refusal, where they are not those of the quotation: 年满12周岁.
    #[serde(default)]
    pub says: Option<String>,
    /// Where it is written: 004:L150.
    #[serde(default)]
    pub source: Option<String>,
    /// The words there.
    #[serde(default)]
    pub quote: Option<String>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Every one of these.
    All(Vec<Condition>),
    /// At least one of these (AMB-14, AMB-24).
    Any(Vec<Condition>),
    /// So many full years old on the day.
    AgeAtLeast(u16),
    /// Not yet so many years old on the day.
    AgeBelow(u16),
    /// Of school age on the day.
    SchoolAge,
    /// No longer of school age on the day (DSP-16).
    OverSchoolAge,
    /// In one of these grades when the case began, and in this half of the school year (初三下期).
    Grade(Vec<u16>, Option<Half>),
    /// Of this sex (DSP-12).
    Sex(Sex),
    /// One of these flags is in force on the day (AMB-15).
    Flag(Vec<KeyPopulation>),
    /// A disability of this degree or a graver one; 1 is the gravest.
    Disability(u16),
    /// The joint visits of a gate were made.
    Visits(Gate),
    /// So many visits in these ways were made, whether or not they count as joint ones (DSP-15).
    Visited(u16, Vec<VisitMode>),
    /// The last visit that counts ended in one of these (AMB-10).
    LastOutcome(Vec<Outcome>),
    /// The last visit that counts does not lie in the month of the exam (AMB-11).
    LastNotInExamMonth,
    /// Out of school for so many months on the day.
    OutFor(u16),
    /// The case is of one of these kinds; 从未上学 is `never_enrolled`.
    CaseKind(Vec<CaseKind>),
    /// The child came back once and left again (反复辍学).
    Relapsed,
    /// Each of these agreed.
    Consents(Vec<Signatory>),
    /// Somebody established it.
    Found(Finding),
    /// The household is registered in one of these places.
    Household(Vec<Place>),
    /// The school confirmed that the child is back.
    Back,
}

vocabulary! {
    /// The halves of a school year (上期, 下期).
    pub enum Half {
        First = "first" => "上期",
        Second = "second" => "下期",
    }
}

read_codes!(CaseKind, Finding, Half, Outcome, Place, Sex, Signatory);

impl Condition {
    /// The scheme's words, or the rule's own.
    pub fn label(&self) -> String {
        self.says.clone().or_else(|| self.quote.clone()).unwrap_or_else(|| self.test.label())
    }

    /// Itself, or the conditions of which it is made, at any depth.
    pub fn tests(&self) -> Vec<&Test> {
        match &self.test {
            Test::All(parts) | Test::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            test => vec![test],
        }
    }
}

impl Test {
    /// What is asked, as a clause.
    pub fn label(&self) -> String {
        match self {
            Self::All(parts) => joined(parts, "，并且"),
            Self::Any(parts) => joined(parts, "，或者"),
            Self::AgeAtLeast(years) => format!("年满{years}周岁"),
            Self::AgeBelow(years) => format!("未满{years}周岁"),
            Self::SchoolAge => "在义务教育适龄阶段".to_owned(),
            Self::OverSchoolAge => "不再是义务教育适龄阶段的".to_owned(),
            Self::Grade(grades, half) => {
                let grades: Vec<String> = grades.iter().map(|grade| format!("{grade}年级")).collect();
                format!("{}{}", grades.join("、"), half.map_or("", Half::label))
            }
            Self::Sex(sex) => format!("限{sex}生"),
            Self::Flag(flags) => listed(flags, "或", |flag| flag.label()),
            Self::Disability(degree) => format!("残疾等级{degree}级以上"),
            Self::Visits(gate) => format!("{gate}的联合劝返已满次数"),
            Self::Visited(times, modes) => format!("{}劝返{times}次以上", listed(modes, "或", |mode| mode.label())),
            Self::LastOutcome(outcomes) => {
                format!("最后一次劝返的结果是{}", listed(outcomes, "或", |outcome| outcome.label()))
            }
            Self::LastNotInExamMonth => "最后一次劝返的时间不能在考试月".to_owned(),
            Self::OutFor(months) => format!("连续辍学{months}个月以上"),
            Self::CaseKind(kinds) if kinds.as_slice() == [CaseKind::NeverEnrolled] => "从未上学".to_owned(),
            Self::CaseKind(kinds) => listed(kinds, "或", |kind| kind.label()),
            Self::Relapsed => "反复辍学".to_owned(),
            Self::Consents(of) => format!("经{}同意", listed(of, "、", |one| one.label())),
            Self::Found(what) => what.label().to_owned(),
            Self::Household(places) => format!("户籍在{}", listed(places, "或", |place| place.label())),
            Self::Back => "学校确认到校上课".to_owned(),
        }
    }
}

fn joined(parts: &[Condition], by: &str) -> String {
    parts.iter().map(Condition::label).collect::<Vec<_>>().join(by)
}

fn listed<T>(all: &[T], by: &str, label: impl Fn(&T) -> &'static str) -> String {
    all.iter().map(label).collect::<Vec<_>>().join(by)
}

impl Read for Condition {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let keys = ["id", "is", "any", "all", "says", "source", "quote", "years", "grades", "half", "sex", "flags"];
        let more = ["degree", "gate", "times", "modes", "outcomes", "months", "kinds", "of", "what", "places"];
        let at = at.table(&[&keys[..], &more].concat())?;
        Ok(Self { test: test(&at)?, says: at.maybe("says")?, source: at.maybe("source")?, quote: at.maybe("quote")? })
    }
}

fn test(at: &Cursor<'_>) -> Result<Test, Stop> {
    if at.has("any") {
        return Ok(Test::Any(some(at, "any")?));
    }
    if at.has("all") {
        return Ok(Test::All(some(at, "all")?));
    }
    let code: String = at.need("is")?;
    Ok(match code.as_str() {
        "age_at_least" => Test::AgeAtLeast(at.need("years")?),
        "age_below" => Test::AgeBelow(at.need("years")?),
        "school_age" => Test::SchoolAge,
        "over_school_age" => Test::OverSchoolAge,
        "grade" => Test::Grade(some(at, "grades")?, at.maybe("half")?),
        "sex" => Test::Sex(at.need("sex")?),
        "flag" => Test::Flag(some(at, "flags")?),
        "disability" => Test::Disability(at.need("degree")?),
        "visits" => Test::Visits(at.need("gate")?),
        "visited" => Test::Visited(at.need("times")?, some(at, "modes")?),
        "last_outcome" => Test::LastOutcome(some(at, "outcomes")?),
        "last_not_in_exam_month" => Test::LastNotInExamMonth,
        "out_for" => Test::OutFor(at.need("months")?),
        "case_kind" => Test::CaseKind(some(at, "kinds")?),
        "relapsed" => Test::Relapsed,
        "consents" => Test::Consents(some(at, "of")?),
        "found" => Test::Found(at.need("what")?),
        "household" => Test::Household(some(at, "places")?),
        "back" => Test::Back,
        other => return Err(at.fail(format!("不认识“{other}”，is 可以写：{}", CODES.join("、")))),
    })
}

const CODES: [&str; 19] = [
    "age_at_least",
    "age_below",
    "school_age",
    "over_school_age",
    "grade",
    "sex",
    "flag",
    "disability",
    "visits",
    "visited",
    "last_outcome",
    "last_not_in_exam_month",
    "out_for",
    "case_kind",
    "relapsed",
    "consents",
    "found",
    "household",
    "back",
];

/// A list in which something stands.
fn some<T: Read>(at: &Cursor<'_>, key: &str) -> Result<Vec<T>, Stop> {
    let list: Vec<T> = at.need(key)?;
    if list.is_empty() { Err(at.fail(format!("{key} 里至少写一项"))) } else { Ok(list) }
}
