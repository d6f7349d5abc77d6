//! 处置: how a case ends or pauses and what proves it, what follows a return, and whether penalties are imposed.

use super::line::{Line, owner};
use crate::app::cases::offered::is_offered;
use crate::domain::policy::{DispositionRule, EvidenceRule, PenaltyRule, Policy};

pub(super) fn lines(policy: &Policy) -> Vec<Line> {
    let care = &policy.after_care;
    let days: Vec<String> = care.days.value.iter().map(ToString::to_string).collect();
    let care = Line::new("after_care", "复学回访", format!("返校以后由{}回访", owner(&care.by)))
        .resting_on(&care.basis)
        .value("days", Some(&care.days), |_| format!("返校后第 {} 日各一次", days.join("、")));
    policy.dispositions.iter().map(ending).chain([care, penalty(&policy.penalty)]).collect()
}

fn ending(rule: &DispositionRule) -> Line {
    let agreed = rule.body.as_ref().map_or_else(String::new, |body| format!("经{body}同意；"));
    let says = match rule.items.len() {
        0 => format!("{agreed}材料和办法见方案"),
        count => format!("{agreed}{count} 样材料齐全才能办结"),
    };
    let line = Line::new(format!("disposition.{}", rule.kind.code()), rule.kind.label(), says).resting_on(&rule.basis);
    let line = if is_offered(rule.kind) { line } else { line.not_offered() };
    let item = |line: Line, item: &EvidenceRule| {
        line.note(&format!("items.{}", item.id), format!("{}，{}交齐", item.label, item.at))
    };
    rule.items.iter().fold(line, item)
}

fn penalty(rule: &PenaltyRule) -> Line {
    match &rule.basis {
        Some(basis) if rule.enabled => {
            Line::new("penalty", "行政处罚", format!("依据《{}》{}，{}", basis.law, basis.article, basis.range))
                .note("basis.authority", format!("处罚权的依据：{}", basis.authority))
                .note("demand_before_lapse", demand(rule.demand_before_lapse))
        }
        _ => Line::new("penalty", "行政处罚", "不实施；本县没有登记罚款的法规依据"),
    }
}

fn demand(before_lapse: bool) -> String {
    let when = if before_lapse { "逾期不履行就可以送达，不必等" } else { "要等" };
    format!("催告书{when}申请复议和提起诉讼的期限届满")
}
