//! What a clerk says of a child by hand: the form read, compared with what counts now, only the differences kept.

use chrono::NaiveDate;
use serde::Deserialize;

use super::emptied::Emptied;
use super::said::{PlaceSaid, Said, Secret};
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::idno::IdNumber;
use crate::domain::moment::Moment;
use crate::domain::place::{Doubt, Gazetteer};
use crate::domain::words::Sex;
use crate::domain::{ethnicity, names, phone, spelling};

/// The form: every field as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ClerkForm {
    /// 姓名
    pub name: String,
    /// male or female
    pub sex: String,
    /// 出生日期
    pub birth: String,
    /// 民族
    pub ethnicity: String,
    /// 身份证号; blank where there is none, or where it stays.
    pub idno: String,
    /// 户主姓名
    pub head: String,
    /// 与户主关系
    pub head_relation: String,
    /// 户籍地
    pub domicile: String,
    /// 居住地
    pub residence: String,
    /// 监护人
    pub guardian: String,
    /// 与监护人关系
    pub guardian_relation: String,
    /// 联系电话; blank where it stays.
    pub phone: String,
    /// Ticked: the number that counts is wrong, and there is no other.
    pub no_idno: String,
    /// Ticked: the phones that count are wrong, and there is no other.
    pub no_phone: String,
    /// Ticked: the likely same children were looked at, and it is none of them.
    pub apart: String,
    /// 依据
    pub reason: String,
    /// preview, save or edit
    pub step: String,
}

/// What was read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The fields that say something.
    pub said: Said,
    /// Number and phones.
    pub secret: Secret,
    /// 依据
    pub reason: String,
}

impl ClerkForm {
    /// The form that begins with what counts now; number and phone stay blank.
    pub fn of(said: &Said) -> Self {
        let place = |p: &Option<PlaceSaid>| p.as_ref().map(|p| p.text.clone()).unwrap_or_default();
        Self {
            name: said.name.clone().unwrap_or_default(),
            sex: said.sex.map(|s| s.code().to_owned()).unwrap_or_default(),
            birth: said.birth.map(|b| b.to_string()).unwrap_or_default(),
            ethnicity: said.ethnicity.clone().unwrap_or_default(),
            head: said.head.clone().unwrap_or_default(),
            head_relation: said.head_relation.clone().unwrap_or_default(),
            domicile: place(&said.domicile),
            residence: place(&said.residence),
            guardian: said.guardian.clone().unwrap_or_default(),
            guardian_relation: said.guardian_relation.clone().unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Reads the form of a new child, found on the spot: name, sex, birth and where it lives must be there.
    pub fn read_new(&self, now: Moment, places: &Gazetteer) -> Result<Entry, Faults> {
        let (mut entry, mut faults) = self.read(now, places);
        let number = entry.secret.idno.as_deref().and_then(|n| IdNumber::read(n).ok());
        if let Some(number) = &number {
            entry.said.birth = entry.said.birth.or(Some(number.born()));
            entry.said.sex = entry.said.sex.or(Some(number.sex()));
        }
        let mut need = |field, there: bool, says: &str| {
            if !there && !faults.0.iter().any(|(name, _)| *name == field) {
                faults.add(field, says);
            }
        };
        need("name", entry.said.name.is_some(), "请填写“姓名”");
        if self.idno.trim().is_empty() || number.is_some() {
            need("sex", entry.said.sex.is_some(), "请选择“性别”，或填写身份证号");
            need("birth", entry.said.birth.is_some(), "请填写“出生日期”，或填写身份证号");
        }
        need("residence", entry.said.residence.is_some(), "请填写“居住地”，写明乡镇和村，如：左岚乡齐心村二组");
        agree(&entry.said, &entry.secret, &mut faults);
        in_order(&mut faults);
        if faults.is_empty() { Ok(entry) } else { Err(faults) }
    }

    /// Reads the form of a correction: what is as it counts now is not said, what was emptied is said to be empty;
    /// something must be said.
    pub fn read_correction(&self, now: Moment, places: &Gazetteer, counts: (&Said, &Secret)) -> Result<Entry, Faults> {
        // What was not touched is not read either: an old roster may have written it as nobody may today.
        let before = Self::of(counts.0);
        let (entry, mut faults) = self.only_changes(&before).read(now, places);
        let emptied = self.emptied(&before, counts, &mut faults);
        let whole = Said {
            birth: entry.said.birth.or(counts.0.birth),
            sex: entry.said.sex.or(counts.0.sex),
            ..Said::default()
        };
        let held = counts.1.idno.clone().filter(|_| !emptied.contains(&Emptied::Number));
        let number = entry.secret.idno.clone().or(held);
        agree(&whole, &Secret { idno: number, ..Secret::default() }, &mut faults);
        let mut entry = entry.against(counts);
        entry.said.emptied = emptied;
        let (then, _) = entry.over(counts);
        let place_gone = [Emptied::Residence, Emptied::Domicile].iter().any(|place| entry.said.emptied.contains(place));
        if place_gone && then.residence.is_none() && then.domicile.is_none() {
            faults.add("residence", "户籍地和居住地至少要留一个，否则没有单位能看到这名儿童");
        }
        if faults.is_empty() && entry.said == Said::default() && entry.secret == Secret::default() {
            faults.add("name", "没有改动任何一项。请改正有误的项目后再预览");
        }
        if faults.is_empty() { Ok(entry) } else { Err(faults) }
    }

    fn only_changes(&self, before: &Self) -> Self {
        let changed = |own: &String, before: &String| if own == before { String::new() } else { own.clone() };
        Self {
            name: changed(&self.name, &before.name),
            sex: changed(&self.sex, &before.sex),
            birth: changed(&self.birth, &before.birth),
            ethnicity: changed(&self.ethnicity, &before.ethnicity),
            head: changed(&self.head, &before.head),
            head_relation: changed(&self.head_relation, &before.head_relation),
            domicile: changed(&self.domicile, &before.domicile),
            residence: changed(&self.residence, &before.residence),
            guardian: changed(&self.guardian, &before.guardian),
            guardian_relation: changed(&self.guardian_relation, &before.guardian_relation),
            ..self.clone()
        }
    }

    fn read(&self, now: Moment, places: &Gazetteer) -> (Entry, Faults) {
        let mut fields = Fields::on(now);
        let mut faults = Faults::default();
        let short = |fields: &mut Fields, name, label, raw: &str| {
            Some(fields.text(name, label, raw, 40)).filter(|text| !text.is_empty())
        };
        let name = |raw: &str| if raw.trim().is_empty() { None } else { Some(names::read(raw)) };
        let birth =
            if self.birth.trim().is_empty() { None } else { fields.past_day("birth", "出生日期", &self.birth) };
        let sex: Option<Sex> = fields.choice("sex", "性别", &self.sex);
        let head = short(&mut fields, "head", "户主姓名", &self.head);
        let head_relation = short(&mut fields, "head_relation", "与户主关系", &self.head_relation);
        let guardian = short(&mut fields, "guardian", "监护人", &self.guardian);
        let guardian_relation = short(&mut fields, "guardian_relation", "与监护人关系", &self.guardian_relation);
        let reason = fields.need_text("reason", "依据", &self.reason, 100);
        if digits_in_a_row(&reason) >= 7 {
            faults.add("reason", "“依据”里不要写身份证号或电话，号码填在上面的格子里");
        }
        let own = name(&self.name).and_then(|read| faults.check("name", read.map_err(|fault| fault.to_string())));
        let tight = spelling::tight(&self.ethnicity);
        let nation = (!tight.is_empty()).then(|| ethnicity::read(&tight));
        if nation == Some(None) {
            faults.add("ethnicity", "没有这个民族，请照户口簿填写，如：土家族");
        }
        let idno = (!self.idno.trim().is_empty())
            .then(|| faults.check("idno", IdNumber::read(&self.idno).map_err(|fault| fault.to_string())))
            .flatten();
        let phones = faults.check("phone", phone::read(&self.phone).map_err(|fault| fault.to_string()));
        let domicile = place("domicile", &self.domicile, places, &mut faults);
        let residence = place("residence", &self.residence, places, &mut faults);
        if let Err(more) = fields.finish(Some(())) {
            faults.extend(more);
        }
        let said = Said {
            name: own.map(|name| name.text),
            sex,
            birth,
            ethnicity: nation.flatten().map(ToOwned::to_owned),
            head,
            head_relation,
            domicile,
            residence,
            guardian,
            guardian_relation,
            ..Said::default()
        };
        let secret = Secret {
            idno: idno.map(|number| number.as_str().to_owned()),
            phones: if self.phone.trim().is_empty() { vec![] } else { phones.unwrap_or_default() },
            roll_number: None,
        };
        (Entry { said, secret, reason }, faults)
    }
}

impl Entry {
    /// Only what differs from what counts now, so that the rest goes on following its own sources.
    fn against(self, (said, secret): (&Said, &Secret)) -> Self {
        fn other<T: PartialEq>(own: Option<T>, counts: Option<&T>) -> Option<T> {
            own.filter(|own| Some(own) != counts)
        }
        let text = |own: Option<PlaceSaid>, counts: &Option<PlaceSaid>| {
            own.filter(|own| counts.as_ref().is_none_or(|c| c.text != own.text))
        };
        Self {
            said: Said {
                name: other(self.said.name, said.name.as_ref()),
                sex: other(self.said.sex, said.sex.as_ref()),
                birth: other(self.said.birth, said.birth.as_ref()),
                ethnicity: other(self.said.ethnicity, said.ethnicity.as_ref()),
                head: other(self.said.head, said.head.as_ref()),
                head_relation: other(self.said.head_relation, said.head_relation.as_ref()),
                domicile: text(self.said.domicile, &said.domicile),
                residence: text(self.said.residence, &said.residence),
                guardian: other(self.said.guardian, said.guardian.as_ref()),
                guardian_relation: other(self.said.guardian_relation, said.guardian_relation.as_ref()),
                ..Said::default()
            },
            secret: Secret {
                idno: other(self.secret.idno, secret.idno.as_ref()),
                phones: if self.secret.phones == secret.phones { vec![] } else { self.secret.phones },
                roll_number: None,
            },
            reason: self.reason,
        }
    }
}

/// The faults in the order in which the form asks.
fn in_order(faults: &mut Faults) {
    const ASKED: [&str; 7] = ["name", "sex", "birth", "idno", "ethnicity", "residence", "domicile"];
    faults.0.sort_by_key(|(name, _)| ASKED.iter().position(|asked| asked == name).unwrap_or(ASKED.len()));
}

/// Birth and sex must be those of the number.
fn agree(said: &Said, secret: &Secret, faults: &mut Faults) {
    let Some(number) = secret.idno.as_deref().and_then(|n| IdNumber::read(n).ok()) else { return };
    if said.birth.is_some_and(|birth: NaiveDate| birth != number.born()) {
        faults.add("birth", "出生日期与身份证号里的不一致，请照户口簿核对，改正填错的一个");
    }
    if said.sex.is_some_and(|sex| sex != number.sex()) {
        faults.add("sex", "性别与身份证号里的不一致，请照户口簿核对，改正填错的一个");
    }
}

/// An address: a village of this county, or one that says it lies elsewhere.
fn place(field: &'static str, raw: &str, places: &Gazetteer, faults: &mut Faults) -> Option<PlaceSaid> {
    let text = raw.trim();
    if text.is_empty() {
        return None;
    }
    let found = places.resolve(text, None);
    match found.doubt {
        Some(Doubt::Elsewhere) => {}
        None if found.village.is_some() => {}
        Some(Doubt::Ambiguous(_)) => {
            faults.add(field, "不止一个乡镇有这个村名，请在前面写明乡镇，如：左岚乡齐心村二组");
            return None;
        }
        _ => {
            faults.add(field, "没有认出是哪个村（社区），请写明乡镇和村，如：左岚乡齐心村二组；在外县的写明省、市、县");
            return None;
        }
    }
    Some(PlaceSaid { text: text.to_owned(), township: found.township, village: found.village })
}

fn digits_in_a_row(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}
