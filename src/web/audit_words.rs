//! The details of an event in the words of the office; what has no words here is left out.

use serde_json::Value;

use crate::domain::calendar::SpecialDay;
use crate::domain::charge::Post;
use crate::domain::list::ListKind;
use crate::domain::moment::month_day;
use crate::domain::role::{Role, UnitKind};
use crate::domain::units::Units;
use crate::domain::words::{
    CaseOrigin, CheckFinding, DispositionKind, DropoutCause, Outcome, PaperKind, ServiceMethod, SourceKind,
};

/// How a detail is read.
#[derive(Clone, Copy)]
enum As {
    Unit,
    Day,
    Count(&'static str),
    Text,
    Code(fn(&str) -> Option<&'static str>),
    Yes(&'static str),
}

/// Every detail that is shown: its key, its word, how its value is read.
const KEYS: &[(&str, &str, As)] = &[
    ("role", "角色", As::Code(|c| Role::from_code(c).map(Role::label))),
    ("kind", "", As::Code(kind)),
    ("post", "岗位", As::Code(|c| Post::from_code(c).map(Post::label))),
    ("list", "", As::Code(|c| ListKind::from_code(c).map(ListKind::label))),
    ("finding", "", As::Code(|c| CheckFinding::from_code(c).map(CheckFinding::label))),
    ("origin", "", As::Code(|c| CaseOrigin::from_code(c).map(CaseOrigin::label))),
    ("outcome", "", As::Code(|c| Outcome::from_code(c).map(Outcome::label))),
    ("conclusion", "", As::Code(|c| DispositionKind::from_code(c).map(DispositionKind::label))),
    ("cause", "原因", As::Code(|c| DropoutCause::from_code(c).map(DropoutCause::label))),
    ("method", "", As::Code(|c| ServiceMethod::from_code(c).map(ServiceMethod::label))),
    ("unit", "单位", As::Unit),
    ("above", "上级", As::Unit),
    ("school", "学校", As::Unit),
    ("on", "日期", As::Day),
    ("from", "起", As::Day),
    ("until", "止", As::Day),
    ("closed", "撤销", As::Day),
    ("day", "日期", As::Day),
    ("opens", "开学", As::Day),
    ("closes", "放假", As::Day),
    ("effective_on", "生效", As::Day),
    ("review_on", "复核", As::Day),
    ("count", "共", As::Count("项")),
    ("rows", "共", As::Count("行")),
    ("cases", "劝返对象", As::Count("名")),
    ("children", "儿童", As::Count("名")),
    ("statements", "来源记录", As::Count("条")),
    ("townships", "乡镇", As::Count("个")),
    ("villages", "村", As::Count("个")),
    ("users", "用户", As::Count("人")),
    ("units", "机构", As::Count("个")),
    ("faults", "退回", As::Count("行")),
    ("sessions", "登录", As::Count("个")),
    ("hits", "结果", As::Count("条")),
    ("went", "参加", As::Count("人")),
    ("milestone", "第", As::Count("天")),
    ("version", "第", As::Count("版")),
    ("profile", "方案", As::Text),
    ("term", "学期", As::Text),
    ("day_kind", "", As::Code(|c| SpecialDay::from_code(c).map(SpecialDay::label))),
    ("name", "名称", As::Text),
    ("login", "账号", As::Text),
    ("address", "来自", As::Text),
    ("reason", "理由", As::Text),
    ("number", "编号", As::Text),
    ("document_number", "文号", As::Text),
    ("locked", "", As::Yes("账号已锁定")),
    ("approved", "", As::Yes("同意")),
    ("returned", "", As::Yes("已返校")),
    ("at_school", "", As::Yes("在校")),
    ("full_number", "", As::Yes("含身份证全号")),
    ("removed", "", As::Yes("已删除")),
];

/// What may name a person or be free words: not for the keeper of the audit, who sees metadata only.
const WORDS_OF_PEOPLE: &[&str] = &["reason", "number", "document_number", "login"];

/// The details in words; without those that may name somebody for whoever sees metadata only.
pub(crate) fn detail(detail: &Value, units: &Units, metadata_only: bool) -> String {
    let shown = KEYS.iter().filter(|(key, _, _)| !metadata_only || !WORDS_OF_PEOPLE.contains(key));
    let told = shown.filter_map(|(key, word, read)| Some(say(word, &value(detail.get(key)?, *read, units)?)));
    told.collect::<Vec<_>>().join("；")
}

fn say(word: &str, value: &str) -> String {
    if word.is_empty() { value.to_owned() } else { format!("{word} {value}") }
}

fn value(value: &Value, read: As, units: &Units) -> Option<String> {
    let text = value.as_str();
    match read {
        As::Unit => text?.parse().ok().map(|id| units.full_name(id)).filter(|name| !name.is_empty()),
        As::Day => text?.parse().ok().map(month_day),
        As::Text => text.map(ToOwned::to_owned),
        As::Code(label) => label(text?).map(ToOwned::to_owned),
        As::Yes(words) => value.as_bool()?.then(|| words.to_owned()),
        As::Count(of) => {
            let count = value.as_array().map(Vec::len).or_else(|| value.as_u64().and_then(|n| n.try_into().ok()))?;
            Some(format!("{count} {of}"))
        }
    }
}

/// The kind of whatever an act was about.
fn kind(code: &str) -> Option<&'static str> {
    let paper = PaperKind::from_code(code).map(PaperKind::label);
    let source = || SourceKind::from_code(code).map(SourceKind::label);
    let ending = || DispositionKind::from_code(code).map(DispositionKind::label);
    paper.or_else(source).or_else(ending).or_else(|| UnitKind::from_code(code).map(UnitKind::label))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn details_are_told_in_words_and_what_has_none_is_left_out() {
        let units = Units::default();
        let said = json!({ "role": "township_officer", "until": "2026-12-31", "count": 3, "paper": "x", "users": ["a", "b"], "locked": true });
        assert_eq!(detail(&said, &units, false), "角色 乡镇经办；止 12月31日；共 3 项；用户 2 人；账号已锁定");
        assert_eq!(detail(&json!({ "locked": false, "unit": "nonsense" }), &units, false), "");
        assert_eq!(detail(&json!(null), &units, false), "");
    }

    #[test]
    fn the_keeper_of_the_audit_sees_no_words_that_may_name_somebody() {
        let units = Units::default();
        let said = json!({ "reason": "核对冉浩宇的号码", "on": "2026-10-14" });
        assert_eq!(detail(&said, &units, true), "日期 10月14日");
        assert!(detail(&said, &units, false).contains("冉浩宇"));
    }
}
