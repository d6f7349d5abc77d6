//! A new user as typed into a form, a row of a sheet or the command line, read into what will be made.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::daytext;
use super::faults::Faults;
use super::ids::UnitId;
use super::name_keys;
use super::names::{self, NameFault};
use super::phone;
use super::role::Role;
use super::spelling;
use super::units::Units;

/// What was typed of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedUser {
    /// 姓名
    pub name: String,
    /// 账号; empty to have one made from the name.
    pub login: String,
    /// 电话; may be empty.
    pub phone: String,
    /// Their first appointment.
    pub post: TypedPost,
}

/// What was typed of an appointment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedPost {
    /// 角色: its code or its word.
    pub role: String,
    /// 单位: its id, code or name.
    pub unit: String,
    /// 职务; may be empty.
    pub title: String,
    /// 任职起; empty for today.
    pub from: String,
    /// 任职止; empty for no end.
    pub until: String,
}

/// A person to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserDraft {
    /// The name in its one spelling.
    pub name: String,
    /// What is typed at sign-in; none to have one made.
    pub login: Option<String>,
    /// The phone.
    pub phone: Option<String>,
    /// The first appointment.
    pub post: PostDraft,
}

/// An appointment to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostDraft {
    /// In what capacity.
    pub role: Role,
    /// To which unit.
    pub unit: UnitId,
    /// Post as the county calls it; may be empty.
    pub title: String,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, if it is known.
    pub until_on: Option<NaiveDate>,
}

/// Reads a person with their first appointment; all that is wrong at once.
pub fn user(typed: &TypedUser, units: &Units, today: NaiveDate) -> Result<UserDraft, Faults> {
    let mut faults = Faults::default();
    let name = faults.check("name", name(&typed.name));
    let login = faults.check("login", login(&typed.login));
    let phone = faults.check("phone", one_phone(&typed.phone));
    let post = post(&typed.post, units, today).map_err(|more| faults.extend(more)).ok();
    match (name, login, phone, post) {
        (Some(name), Some(login), Some(phone), Some(post)) => Ok(UserDraft { name, login, phone, post }),
        _ => Err(faults),
    }
}

/// Reads an appointment.
pub fn post(typed: &TypedPost, units: &Units, today: NaiveDate) -> Result<PostDraft, Faults> {
    let mut faults = Faults::default();
    let role = faults.check("role", role(&typed.role));
    let unit = role.and_then(|role| faults.check("unit", unit(&typed.unit, role, units)));
    let title = faults.check("title", title(&typed.title));
    let from_on = faults.check("from", day(&typed.from)).map(|day| day.unwrap_or(today));
    let until_on = faults.check("until", day(&typed.until));
    if let (Some(from), Some(Some(until))) = (from_on, until_on)
        && until < from
    {
        faults.add("until", "止任日期不能早于起任日期");
    }
    if role == Some(Role::Inspector) && until_on == Some(None) {
        faults.add("until", "督导是有期限的，请填写止任日期");
    }
    match (role, unit, title, from_on, until_on) {
        (Some(role), Some(unit), Some(title), Some(from_on), Some(until_on)) if faults.is_empty() => {
            Ok(PostDraft { role, unit, title, from_on, until_on })
        }
        _ => Err(faults),
    }
}

/// A person's name in its one spelling.
pub fn name(typed: &str) -> Result<String, String> {
    names::read(typed).map(|name| name.text).map_err(|fault| match fault {
        NameFault::Missing => "请填写姓名".to_owned(),
        NameFault::Lost => "姓名里有没显示出来的字（问号或方框），请补上这个字".to_owned(),
        NameFault::Characters => "姓名里有汉字、字母和“·”以外的字符，请只填姓名".to_owned(),
        NameFault::Long => "姓名太长，请只填姓名".to_owned(),
    })
}

/// A phone; none where nothing was typed.
pub fn one_phone(typed: &str) -> Result<Option<String>, String> {
    match phone::read(typed).map_err(|no| no.to_string())?.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        _ => Err("只填一个电话号码".to_owned()),
    }
}

/// A day; none where nothing was typed.
pub fn day(typed: &str) -> Result<Option<NaiveDate>, String> {
    match daytext::read_text(typed) {
        Ok(read) => Ok(Some(read.day)),
        Err(daytext::NoDay::Missing) => Ok(None),
        Err(no) => Err(no.to_string()),
    }
}

/// A title of twenty characters at most; may be empty.
pub fn title(typed: &str) -> Result<String, String> {
    let title = spelling::plain(typed);
    if title.chars().count() > 20 { Err("职务最多 20 个字".to_owned()) } else { Ok(title) }
}

/// What a login may be made of; none where nothing was typed.
fn login(typed: &str) -> Result<Option<String>, String> {
    let login = spelling::plain(typed).to_lowercase();
    if login.is_empty() {
        return Ok(None);
    }
    let made_of = login.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c));
    let begins = login.starts_with(|c: char| c.is_ascii_lowercase());
    if made_of && begins && (3..=32).contains(&login.len()) {
        Ok(Some(login))
    } else {
        Err("账号用 3 到 32 个小写字母、数字或“. _ -”，以字母开头，例如 tanxiaoyan".to_owned())
    }
}

fn role(typed: &str) -> Result<Role, String> {
    let text = spelling::tight(typed);
    if text.is_empty() {
        return Err("没有填角色，请选择一个".to_owned());
    }
    let same = |role: &&Role| role.code() == text || spelling::tight(role.label()) == text;
    let known = || Role::ALL.iter().map(|role| role.label()).collect::<Vec<_>>().join("、");
    Role::ALL.iter().find(same).copied().ok_or_else(|| format!("没有“{text}”这个角色，可以是：{}", known()))
}

fn unit(typed: &str, role: Role, units: &Units) -> Result<UnitId, String> {
    let kinds = role.unit_kinds();
    if spelling::tight(typed).is_empty()
        && kinds == [super::role::UnitKind::County]
        && let Some(county) = units.county()
    {
        return Ok(county.id);
    }
    units.find(typed, kinds).map(|unit| unit.id).map_err(|no| {
        let asked: Vec<&str> = kinds.iter().map(|kind| kind.label()).collect();
        format!("{no}（{role}的单位应是{}）", asked.join("或"))
    })
}

/// A login made from a name's pinyin that nobody has yet: tanxiaoyan, tanxiaoyan2 …
pub fn suggest(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let letters: String = name_keys::pinyin(name).chars().filter(char::is_ascii_lowercase).take(24).collect();
    let base = if letters.len() < 3 { format!("{letters}user") } else { letters };
    if !taken(&base) {
        return base;
    }
    (2..10_000).map(|n| format!("{base}{n}")).find(|login| !taken(login)).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use uuid::Uuid;

    use super::*;
    use crate::domain::role::UnitKind;
    use crate::domain::units::Unit;

    fn units() -> Units {
        let unit = |n: u128, kind, name: &str| Unit {
            id: UnitId(Uuid::from_u128(n)),
            kind,
            name: name.to_owned(),
            code: None,
            government_parent: None,
            education_parent: None,
            township: None,
            stage: None,
            grade: None,
        };
        let list = vec![unit(1, UnitKind::County, "城口县"), unit(2, UnitKind::Township, "左岚乡")];
        Units::new(list, HashMap::new())
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, 15).unwrap()
    }

    fn typed(role: &str, unit: &str, until: &str) -> TypedUser {
        let post = TypedPost { role: role.into(), unit: unit.into(), until: until.into(), ..TypedPost::default() };
        TypedUser { name: "谭 晓燕".into(), post, ..TypedUser::default() }
    }

    fn fields(typed: &TypedUser) -> Vec<&'static str> {
        user(typed, &units(), today()).unwrap_err().0.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn a_row_of_words_and_a_form_of_codes_read_the_same() {
        let words = user(&typed("乡镇经办", "左岚乡", ""), &units(), today()).unwrap();
        let codes = user(&typed("township_officer", &words.post.unit.to_string(), ""), &units(), today()).unwrap();
        assert_eq!(words, codes);
        assert_eq!((words.name.as_str(), words.post.from_on, words.post.until_on), ("谭晓燕", today(), None));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let wrong =
            TypedUser { name: "王3".into(), login: "王".into(), phone: "12".into(), ..typed("村长", "", "昨天") };
        assert_eq!(fields(&wrong), ["name", "login", "phone", "role", "until"]);
        assert_eq!(fields(&typed("乡镇经办", "城口县", "")), ["unit"]);
        assert_eq!(fields(&typed("乡镇经办", "左岚乡", "2026-10-14")), ["until"]);
        assert_eq!(fields(&typed("督导", "", "")), ["until"]);
    }

    #[test]
    fn whoever_acts_for_the_county_need_not_name_it() {
        assert!(user(&typed("系统管理员", "", ""), &units(), today()).is_ok());
    }

    #[test]
    fn a_suggested_login_is_one_that_may_be_typed_and_nobody_has() {
        assert_eq!(suggest("谭晓燕", |_| false), "tanxiaoyan");
        assert_eq!(suggest("谭晓燕", |l| l == "tanxiaoyan" || l == "tanxiaoyan2"), "tanxiaoyan3");
        for name in ["谭晓燕", "𠮷", "李", "阿依古丽·吐尔逊"] {
            assert!(login(&suggest(name, |_| false)).unwrap().is_some(), "{name}");
        }
    }
}
