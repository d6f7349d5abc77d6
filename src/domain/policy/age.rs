//! Who is of school age and until when, and how long a first entry may be put off.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop, read_codes};
use super::rules::{MonthDay, Sourced};
use crate::domain::grade::{Grade, Standing};
use crate::vocabulary;

vocabulary! {
    /// Until when a child stands in the register of those of school age (AMB-18).
    pub enum AgeEnd {
        /// The nine years are over, or the highest age is.
        Years = "years" => "读满九年",
        /// The highest age is over, whatever the nine years are: 6—16周岁名册.
        Age = "age" => "最大年龄",
    }
}

/// Who is of school age (适龄).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeRule {
    /// Enters at this age …
    pub enters_at: Sourced<u16>,
    /// … if it is reached by this day of the year, that day included.
    pub by: Sourced<MonthDay>,
    /// The highest age, included.
    pub max: Sourced<u16>,
    /// How many years of school are compulsory.
    pub years: Sourced<u16>,
    /// Until when; until the years are over where none is said.
    #[serde(default)]
    pub ends: Option<Sourced<AgeEnd>>,
}

impl AgeRule {
    /// The year in whose autumn a child enters school (AC-25).
    pub fn enters_in(&self, birth: NaiveDate) -> i32 {
        let late = (birth.month(), birth.day()) > (self.by.value.month, self.by.value.day);
        birth.year() + i32::from(self.enters_at.value) + i32::from(late)
    }

    /// The year in whose autumn the school year of a day began.
    pub fn school_year(&self, day: NaiveDate) -> i32 {
        let begun = (day.month(), day.day()) > (self.by.value.month, self.by.value.day);
        day.year() - i32::from(!begun)
    }

    /// The grade by age alone: 1 in the school year of entry; less before, more than `years` when it is over.
    pub fn grade_by_age(&self, birth: NaiveDate, day: NaiveDate) -> i32 {
        self.school_year(day) - self.enters_in(birth) + 1
    }

    /// Where a birth date stands on a day: not yet, in a grade when nothing was missed or repeated, or over.
    pub fn standing(&self, birth: NaiveDate, day: NaiveDate) -> Standing {
        let grade = self.grade_by_age(birth, day);
        if self.covers(birth, day) {
            // Whom age alone keeps in the register is in the last year, however long ago it should have ended.
            let grade = grade.min(self.years.value.into());
            return u8::try_from(grade).ok().and_then(Grade::new).map_or(Standing::Over, Standing::Due);
        }
        if grade < 1 { Standing::NotYet } else { Standing::Over }
    }

    /// The register ends with the highest age alone (AC-28).
    pub fn ends_by_age(&self) -> bool {
        self.ends.as_ref().is_some_and(|ends| ends.value == AgeEnd::Age)
    }

    /// Of school age on the day: in one of the compulsory years, unless age alone ends it, and not over the highest age.
    pub fn covers(&self, birth: NaiveDate, day: NaiveDate) -> bool {
        let grade = self.grade_by_age(birth, day);
        let in_years = grade >= 1 && (self.ends_by_age() || grade <= i32::from(self.years.value));
        in_years && day.years_since(birth).is_some_and(|age| age <= self.max.value.into())
    }
}

/// How long a first entry may be put off (DET-38, AMB-13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeferralRule {
    /// At most so many years.
    pub max_years: Sourced<u16>,
    /// Whoever is so old by the county's day enters.
    #[serde(default)]
    pub must_enrol_at: Option<Sourced<u16>>,
}

impl DeferralRule {
    /// The rule as the page of the policy says it.
    pub fn sentence(&self) -> String {
        let must = |age: &Sourced<u16>| format!("，年满{}周岁必须入学", age.value);
        let must = self.must_enrol_at.as_ref().map_or_else(String::new, must);
        format!("延缓入学最长{}年{must}", self.max_years.value)
    }
}

impl DeferralRule {
    /// The last day to which the first entry of a birth date may be put off (AC-26).
    pub fn latest(&self, age: &AgeRule, birth: NaiveDate) -> Option<NaiveDate> {
        let entry = age.enters_in(birth);
        let by_years = entry + i32::from(self.max_years.value);
        // The autumn in which the age is reached by the county's day, as the entry itself is reckoned.
        let by_age = |must: &Sourced<u16>| entry + i32::from(must.value) - i32::from(age.enters_at.value);
        let year = self.must_enrol_at.as_ref().map_or(by_years, |must| by_years.min(by_age(must)));
        NaiveDate::from_ymd_opt(year, age.by.value.month, age.by.value.day)
    }

    /// What contradicts the ages of the county.
    pub(super) fn faults(&self, age: &AgeRule) -> Vec<String> {
        let enters = age.enters_at.value;
        let mut told = Vec::new();
        if self.max_years.value == 0 {
            told.push("延缓入学的年数不能为零；不许延缓的，不写这一项".to_owned());
        }
        if let Some(must) = self.must_enrol_at.as_ref().map(|age| age.value) {
            if must <= enters {
                told.push(format!("必须入学的年龄要大于入学年龄（{enters} 周岁）"));
            } else if enters + self.max_years.value > must {
                let (years, late) = (self.max_years.value, enters + self.max_years.value);
                told.push(format!("最长延缓 {years} 年是 {late} 周岁入学，与年满 {must} 周岁必须入学矛盾"));
            }
        }
        told
    }
}

read_codes!(AgeEnd);

impl Read for AgeRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["enters_at", "by", "max", "years", "ends"])?;
        Ok(Self {
            enters_at: at.need("enters_at")?,
            by: at.need("by")?,
            max: at.need("max")?,
            years: at.need("years")?,
            ends: at.maybe("ends")?,
        })
    }
}

impl Read for DeferralRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["max_years", "must_enrol_at"])?;
        Ok(Self { max_years: at.need("max_years")?, must_enrol_at: at.maybe("must_enrol_at")? })
    }
}
