//! What a scenario is told, in the words of the office: the keys and codes of its format put into Chinese.

use serde_json::Value;

use crate::app::laws;
use crate::domain::case::Phase;
use crate::domain::enforcement::Deed;
use crate::domain::policy::{RollMark, Rung};
use crate::domain::role::Role;
use crate::domain::trial::DayTold;

/// What is told of a day, in the order in which it is read.
const KEYS: [(&str, &str); 20] = [
    ("phase", "阶段"),
    ("now", "正在办理"),
    ("next", "下一步"),
    ("due", "最迟"),
    ("overdue_since", "逾期"),
    ("unmet", "还缺"),
    ("counted", "有效劝返"),
    ("ladder", "步骤"),
    ("visits", "劝返"),
    ("evidence", "材料"),
    ("duties", "待办"),
    ("after_care", "回访"),
    ("alerts", "缺课报告"),
    ("mark", "学籍标注"),
    ("leaves", "销假"),
    ("children", "适龄"),
    ("tasks", "到期的工作"),
    ("reports", "报送"),
    ("enforcement", "处罚与执行"),
    ("next_change_on", "以后"),
];

/// A thing that is told, and its lines.
pub(crate) type Told = (String, Vec<String>);

/// All that is told of a day; what is empty is left out.
pub(crate) fn day(told: &DayTold) -> Vec<Told> {
    let Ok(Value::Object(all)) = serde_json::to_value(told) else { return Vec::new() };
    let line = |(key, word): &(&str, &str)| {
        let lines = match all.get(*key)? {
            Value::Array(lines) => lines.iter().filter_map(Value::as_str).map(|line| in_words(key, line)).collect(),
            Value::String(text) => vec![single(key, text)],
            Value::Number(number) => vec![format!("{number} 次")],
            _ => return None,
        };
        let lines: Vec<String> = Vec::from_iter(lines).into_iter().filter(|line: &String| !line.is_empty()).collect();
        (!lines.is_empty()).then(|| ((*word).to_owned(), lines))
    };
    KEYS.iter().filter_map(line).collect()
}

fn single(key: &str, text: &str) -> String {
    match (key, text) {
        ("phase", code) => Phase::from_code(code).map_or(code, |phase| phase.label()).to_owned(),
        ("now", code) => Rung::from_code(code).map_or("没有要办的步骤", |rung| rung.label()).to_owned(),
        ("next", "none") => "没有要办的".to_owned(),
        ("due" | "mark", "none") => String::new(),
        ("overdue_since", "no") => "没有逾期".to_owned(),
        ("overdue_since", day) => format!("{day} 起逾期"),
        ("next_change_on", "never") => "不添新情况，就不会自己变化".to_owned(),
        ("next_change_on", day) => format!("到 {day}，不添新情况也会变化"),
        (_, text) => in_words(key, text),
    }
}

/// A line with its codes in words; names and sentences stay as they are.
fn in_words(key: &str, line: &str) -> String {
    let words = line.split(' ').map(|word| match word {
        "done" => "已办".to_owned(),
        "early" => "提前办了".to_owned(),
        "late" => "迟办了".to_owned(),
        "now" => "正在办".to_owned(),
        "todo" | "to" => "还没到".to_owned(),
        "come" => String::new(),
        "open" => "可以办".to_owned(),
        "lapsed" => "已过期限".to_owned(),
        "dropped" if key != "mark" => "不再需要".to_owned(),
        "overdue" => "逾期".to_owned(),
        "since" => "自".to_owned(),
        "must" => "应当标注疑似辍学，自".to_owned(),
        "may" => "可以标注疑似辍学，自".to_owned(),
        "party" => "当事人".to_owned(),
        "court" => "法院".to_owned(),
        word => coded(word),
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Roles, marks and provisions in words, where a word is their code.
fn coded(word: &str) -> String {
    let roles: Option<Vec<&str>> = word.split('/').map(|code| Role::from_code(code).map(Role::label)).collect();
    if let Some(roles) = roles {
        return roles.join("、");
    }
    match RollMark::from_code(word) {
        Some(mark) => mark.label().to_owned(),
        None => laws::named(word).replacen("system：", "系统：", 1),
    }
}

/// The acts of a scenario by their codes.
const ACTS: [(&str, &str); 14] = [
    ("confirm", "确认辍学"),
    ("log_visit", "记劝返"),
    ("draft_paper", "开具文书"),
    ("issue_paper", "签发文书"),
    ("record_service", "登记送达"),
    ("verify_expiry", "登记期满核实"),
    ("propose", "提请处置"),
    ("approve", "审批同意"),
    ("send_back", "退回提请"),
    ("confirm_return", "确认到校"),
    ("strike_off", "销号"),
    ("after_care", "记回访"),
    ("reopen", "重新列入劝返"),
    ("approve_leave", "批假"),
];

/// An act in words; its code where it has none here.
pub(crate) fn act(code: &str) -> &str {
    let known = ACTS.iter().find(|(known, _)| *known == code).map(|(_, word)| *word);
    known.or_else(|| Deed::from_code(code).map(Deed::label)).unwrap_or(code)
}

/// A role in words.
pub(crate) fn role(code: &str) -> &str {
    Role::from_code(code).map_or(code, |role| role.label())
}
