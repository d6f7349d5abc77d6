//! Articles of law as papers cite them and the periods they set, from a versioned file; a text it lacks is not quoted.

use chrono::NaiveDate;
use serde::Deserialize;

use super::period::Period;

/// The file of provisions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provisions {
    #[serde(rename = "law")]
    laws: Vec<Law>,
    #[serde(rename = "provision")]
    articles: Vec<Provision>,
    #[serde(default, rename = "period")]
    periods: Vec<LegalPeriod>,
}

/// A period that the law sets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalPeriod {
    /// Which: hearing_request.
    pub id: String,
    /// The provisions that set it, by their keys; the first above all, never none.
    pub rests_on: Vec<String>,
    /// How long, and whether its last day is moved on.
    pub period: Period,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Law {
    id: String,
    name: String,
    version: String,
    in_force_from: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Provision {
    id: String,
    law: String,
    in_force_from: NaiveDate,
    article: String,
    #[serde(default)]
    paragraphs: Vec<String>,
}

/// An article or one of its paragraphs, as a paper cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The law's full name, without brackets.
    pub law: String,
    /// Which text of the law: 2018年12月29日第二次修正.
    pub version: String,
    /// 第五条第二款.
    pub article: String,
    /// Its words; none where the file does not have them.
    pub text: Option<String>,
}

/// A file of provisions that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProvisionFault {
    /// It does not read.
    #[error("条文文件读不出来：{0}")]
    Unreadable(String),
    /// A provision names a law, in a version, that the file does not have.
    #[error("条文“{provision}”所属的法律“{law}”没有这个版本，请先写 [[law]]")]
    NoSuchLaw { provision: String, law: String },
    /// Two provisions of one id take force on one day.
    #[error("条文“{0}”写了两次")]
    Twice(String),
    /// A period is none, or rests on nothing that the file has.
    #[error("期限“{0}”要有天数，要写明所依据的条文，只写一次")]
    Period(String),
}

impl Provisions {
    /// Reads the file.
    pub fn parse(text: &str) -> Result<Self, ProvisionFault> {
        let read: Self =
            toml::from_str(text).map_err(|error| ProvisionFault::Unreadable(error.message().to_owned()))?;
        for (place, provision) in read.articles.iter().enumerate() {
            if read.law_of(provision).is_none() {
                let (provision, law) = (provision.id.clone(), provision.law.clone());
                return Err(ProvisionFault::NoSuchLaw { provision, law });
            }
            let same = |other: &Provision| other.id == provision.id && other.in_force_from == provision.in_force_from;
            if read.articles[..place].iter().any(same) {
                return Err(ProvisionFault::Twice(provision.id.clone()));
            }
        }
        match read.unsound_period() {
            Some(period) => Err(ProvisionFault::Period(period.id.clone())),
            None => Ok(read),
        }
    }

    /// The periods that the law sets.
    pub fn periods(&self) -> &[LegalPeriod] {
        &self.periods
    }

    fn unsound_period(&self) -> Option<&LegalPeriod> {
        let unsound = |(place, one): (usize, &LegalPeriod)| {
            let twice = self.periods[..place].iter().any(|before| before.id == one.id);
            twice || one.period.n == 0 || one.rests_on.is_empty() || !one.rests_on.iter().all(|key| self.knows(key))
        };
        self.periods.iter().enumerate().find(|at| unsound(*at)).map(|(_, one)| one)
    }

    /// Cites `compulsory-education-58`, or a paragraph of it, `compulsory-education-5#2`, as in force on a day.
    pub fn cite(&self, key: &str, on: NaiveDate) -> Option<Cited> {
        let (id, paragraph) = match key.split_once('#') {
            Some((id, paragraph)) => (id, Some(paragraph.parse::<usize>().ok().filter(|nth| *nth > 0)?)),
            None => (key, None),
        };
        let in_force = self.articles.iter().filter(|one| one.id == id && one.in_force_from <= on);
        let provision = in_force.max_by_key(|one| one.in_force_from)?;
        let law = self.law_of(provision)?;
        let (article, text) = match paragraph {
            None => (provision.article.clone(), Some(provision.paragraphs.concat()).filter(|text| !text.is_empty())),
            Some(nth) => {
                let text = provision.paragraphs.get(nth - 1).cloned();
                if text.is_none() && !provision.paragraphs.is_empty() {
                    return None;
                }
                (format!("{}第{}款", provision.article, numeral(nth)?), text)
            }
        };
        Some(Cited { law: law.name.clone(), version: law.version.clone(), article, text })
    }

    /// The key names a provision of some version.
    pub fn knows(&self, key: &str) -> bool {
        self.cite(key, NaiveDate::MAX).is_some()
    }

    fn law_of(&self, provision: &Provision) -> Option<&Law> {
        self.laws.iter().find(|law| law.id == provision.law && law.in_force_from == provision.in_force_from)
    }
}

fn numeral(n: usize) -> Option<char> {
    "一二三四五六七八九".chars().nth(n.checked_sub(1)?)
}
