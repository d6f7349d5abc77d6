//! What a source says now and did not say before, field by field, numbers masked.

use super::said::{Said, Secret};
use crate::domain::moment::full_day;
use crate::domain::{idno, phone};

/// How a field is shown that a clerk emptied.
const EMPTIED: &str = "（改为空）";

/// A field, as it was said before, as it is said now.
pub type Difference = (String, String, String);

/// Compares two statements of one kind of source.
pub fn differences(before: (&Said, &Secret), now: (&Said, &Secret)) -> Vec<Difference> {
    let (old, new) = (fields(before.0, before.1), fields(now.0, now.1));
    old.into_iter().zip(new).filter(|(b, n)| b.1 != n.1).map(|(b, n)| (b.0.to_owned(), b.1, n.1)).collect()
}

/// Every field by its name, as people read it; empty where nothing is said.
pub fn fields(said: &Said, secret: &Secret) -> Vec<(&'static str, String)> {
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let roll = said.roll.as_ref();
    let mut fields = vec![
        ("姓名", text(&said.name)),
        ("性别", said.sex.map(|s| s.to_string()).unwrap_or_default()),
        ("出生日期", said.birth.map(full_day).unwrap_or_default()),
        ("民族", text(&said.ethnicity)),
        ("身份证号", secret.idno.as_deref().map(idno::mask).unwrap_or_default()),
        ("户主姓名", text(&said.head)),
        ("与户主关系", text(&said.head_relation)),
        ("户籍地", said.domicile.as_ref().map(|p| p.text.clone()).unwrap_or_default()),
        ("居住地", said.residence.as_ref().map(|p| p.text.clone()).unwrap_or_default()),
        ("监护人", text(&said.guardian)),
        ("与监护人关系", text(&said.guardian_relation)),
        ("联系电话", secret.phones.iter().map(|p| phone::mask(p)).collect::<Vec<_>>().join("、")),
        ("年级", roll.map(|r| r.grade.to_string()).unwrap_or_default()),
        ("班级", roll.map(|r| r.class.clone()).unwrap_or_default()),
        ("学籍状态", roll.map(|r| r.status.to_string()).unwrap_or_default()),
        ("学籍号", secret.roll_number.as_deref().map(idno::mask).unwrap_or_default()),
        ("重点人群", said.flags.iter().map(|f| f.label()).collect::<Vec<_>>().join("、")),
        ("备注", text(&said.note)),
    ];
    for emptied in &said.emptied {
        let blank = fields.iter_mut().filter(|(name, value)| *name == emptied.label() && value.is_empty());
        blank.for_each(|(_, value)| EMPTIED.clone_into(value));
    }
    fields
}
