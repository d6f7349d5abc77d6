//! A child's columns are the projection of the statements that stand; which source wins a field is said here.

use chrono::NaiveDate;

use super::emptied::Emptied;
use super::said::{PlaceSaid, RollSaid, Said, Secret};
use crate::domain::ids::SourceId;
use crate::domain::words::{KeyPopulation, Sex, SourceKind};

/// A statement that has not been undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementFact {
    /// Its source.
    pub source: SourceId,
    /// What kind of source.
    pub kind: SourceKind,
    /// The day it speaks of.
    pub said_on: NaiveDate,
    /// Its fields.
    pub said: Said,
    /// Its numbers.
    pub secret: Secret,
}

/// A value with the source and the day it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projected<T> {
    /// The value.
    pub value: T,
    /// The kind of source.
    pub kind: SourceKind,
    /// The source.
    pub source: SourceId,
    /// The day.
    pub said_on: NaiveDate,
}

/// What a child's columns are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChildColumns {
    /// 姓名
    pub name: Option<Projected<String>>,
    /// 性别
    pub sex: Option<Projected<Sex>>,
    /// 出生日期
    pub birth: Option<Projected<NaiveDate>>,
    /// 民族
    pub ethnicity: Option<Projected<String>>,
    /// 公民身份号码
    pub idno: Option<Projected<String>>,
    /// In the household register.
    pub registered: bool,
    /// 户主姓名
    pub head: Option<Projected<String>>,
    /// 与户主关系
    pub head_relation: Option<Projected<String>>,
    /// 户籍地
    pub domicile: Option<Projected<PlaceSaid>>,
    /// 居住地
    pub residence: Option<Projected<PlaceSaid>>,
    /// 监护人
    pub guardian: Option<Projected<String>>,
    /// 与监护人关系
    pub guardian_relation: Option<Projected<String>>,
    /// 联系电话
    pub phones: Option<Projected<Vec<String>>>,
    /// The roll that the latest school statement speaks of.
    pub roll: Option<Projected<RollSaid>>,
    /// 全国学籍号
    pub roll_number: Option<Projected<String>>,
    /// Key populations, each with its source.
    pub flags: Vec<Projected<KeyPopulation>>,
}

/// Whose word counts first for a field. A clerk's correction always does; the rest of the order is the field's.
type Order = &'static [SourceKind];

/// Who the child is and where it is registered: the household register knows best.
const IDENTITY: Order = &[SourceKind::Household, SourceKind::School, SourceKind::Absent, SourceKind::Poverty];
/// Where the child lives and who looks after it: whoever stood at the door, then the school.
const DAILY: Order =
    &[SourceKind::Visit, SourceKind::Check, SourceKind::School, SourceKind::Absent, SourceKind::Household];

/// Projects the statements that stand, in any order.
pub fn project(statements: &[StatementFact]) -> ChildColumns {
    use Emptied as E;
    let pick = Pick(statements);
    let mut flags: Vec<Projected<KeyPopulation>> = Vec::new();
    for statement in statements {
        for &flag in &statement.said.flags {
            if !flags.iter().any(|f| f.value == flag) {
                flags.push(statement.projected(flag));
            }
        }
    }
    ChildColumns {
        name: pick.first(IDENTITY, None, |s| s.said.name.clone()),
        sex: pick.first(IDENTITY, None, |s| s.said.sex),
        birth: pick.first(IDENTITY, None, |s| s.said.birth),
        ethnicity: pick.first(IDENTITY, Some(E::Ethnicity), |s| s.said.ethnicity.clone()),
        idno: pick.first(IDENTITY, Some(E::Number), |s| s.secret.idno.clone()),
        registered: statements.iter().any(|s| s.kind == SourceKind::Household),
        head: pick.first(IDENTITY, Some(E::Head), |s| s.said.head.clone()),
        head_relation: pick.first(IDENTITY, Some(E::HeadRelation), |s| s.said.head_relation.clone()),
        domicile: pick.first(IDENTITY, Some(E::Domicile), |s| s.said.domicile.clone()),
        residence: pick.first(DAILY, Some(E::Residence), |s| s.said.residence.clone()),
        guardian: pick.first(DAILY, Some(E::Guardian), |s| s.said.guardian.clone()),
        guardian_relation: pick.first(DAILY, Some(E::GuardianRelation), |s| s.said.guardian_relation.clone()),
        phones: pick.first(DAILY, Some(E::Phone), |s| Some(s.secret.phones.clone()).filter(|p| !p.is_empty())),
        roll: pick.first(&[SourceKind::School], None, |s| s.said.roll.clone()),
        roll_number: pick.first(&[SourceKind::School], None, |s| s.secret.roll_number.clone()),
        flags,
    }
}

impl StatementFact {
    fn projected<T>(&self, value: T) -> Projected<T> {
        Projected { value, kind: self.kind, source: self.source, said_on: self.said_on }
    }
}

struct Pick<'a>(&'a [StatementFact]);

impl Pick<'_> {
    /// The clerk's latest word, else the latest of the first kind in the order that says anything. Where the clerk's
    /// word is that the field is empty, only what was said after that day counts.
    fn first<T>(
        &self,
        order: Order,
        emptied: Option<Emptied>,
        field: impl Fn(&StatementFact) -> Option<T>,
    ) -> Option<Projected<T>> {
        let mut after = NaiveDate::MIN;
        for clerk in self.latest(SourceKind::Clerk) {
            if let Some(value) = field(clerk) {
                return Some(clerk.projected(value));
            }
            if emptied.is_some_and(|emptied| clerk.said.emptied.contains(&emptied)) {
                after = clerk.said_on;
                break;
            }
        }
        let fresh = |kind: &SourceKind| self.latest(*kind).into_iter().filter(|s| s.said_on > after);
        order.iter().flat_map(fresh).find_map(|s| field(s).map(|value| s.projected(value)))
    }

    /// What a kind of source said, the latest first.
    fn latest(&self, kind: SourceKind) -> Vec<&StatementFact> {
        let mut said: Vec<_> = self.0.iter().filter(|s| s.kind == kind).collect();
        said.sort_by_key(|s| std::cmp::Reverse(s.said_on));
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(kind: SourceKind, day: u32, said: Said) -> StatementFact {
        let said_on = NaiveDate::from_ymd_opt(2026, 9, day).unwrap();
        StatementFact { source: SourceId::new(), kind, said_on, said, secret: Secret::default() }
    }

    fn named(name: &str) -> Said {
        Said { name: Some(name.to_owned()), guardian: Some(format!("{name}父")), ..Said::default() }
    }

    #[test]
    fn the_household_register_names_and_the_school_tells_who_looks_after() {
        let child = project(&[
            statement(SourceKind::School, 20, named("冉光福")),
            statement(SourceKind::Household, 1, named("冉光富")),
        ]);
        assert_eq!(child.name.unwrap().value, "冉光富");
        assert_eq!(child.guardian.unwrap().value, "冉光福父");
        assert!(child.registered);
    }

    #[test]
    fn a_clerk_corrects_and_the_latest_of_a_kind_counts() {
        let child = project(&[
            statement(SourceKind::Household, 1, named("甲")),
            statement(SourceKind::Household, 9, named("乙")),
            statement(SourceKind::Clerk, 3, Said { name: Some("丙".to_owned()), ..Said::default() }),
        ]);
        assert_eq!(child.name.unwrap().value, "丙");
        assert_eq!(child.guardian.unwrap().value, "乙父");
    }

    #[test]
    fn an_emptied_field_stays_empty_until_a_source_speaks_of_it_later() {
        let emptied = Said { emptied: vec![Emptied::Guardian], ..Said::default() };
        let mut said = vec![
            statement(SourceKind::School, 5, named("甲")),
            statement(SourceKind::Clerk, 3, Said { guardian: Some("乙".to_owned()), ..Said::default() }),
            statement(SourceKind::Clerk, 6, emptied),
        ];
        let child = project(&said);
        assert_eq!((child.guardian, child.name.unwrap().value.as_str()), (None, "甲"));
        said.push(statement(SourceKind::School, 7, named("丙")));
        assert_eq!(project(&said).guardian.unwrap().value, "丙父");
    }
}
