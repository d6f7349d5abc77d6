//! 处置: how a case ends or pauses and what proves it, what follows a return, and whether penalties are imposed.

use super::line::{Line, owner};
use crate::app::cases::offered::is_offered;
use crate::domain::policy::{
    DispositionRule, EvidenceRule, FollowUp, HomeTeachingRule, PenaltyRule, Placement, Policy, Route, YearKind,
};
use crate::domain::words::{PackPart, Signatory};

pub(super) fn lines(policy: &Policy) -> Vec<Line> {
    let care = &policy.after_care;
    let days: Vec<String> = care.days.value.iter().map(ToString::to_string).collect();
    let care = Line::new("after_care", "复学回访", format!("返校以后由{}回访", owner(&care.by)))
        .resting_on(&care.basis)
        .value("days", Some(&care.days), |_| format!("返校后第 {} 日各一次", days.join("、")));
    policy
        .dispositions
        .iter()
        .map(ending)
        .chain(policy.home_teaching.iter().map(home_teaching))
        .chain([care, penalty(&policy.penalty)])
        .collect()
}

fn ending(rule: &DispositionRule) -> Line {
    let by = rule.by.as_ref().map(|by| format!("由{}提请", owner(by)));
    let approve: Vec<String> = rule.approve.iter().map(owner).collect();
    let approve = (!approve.is_empty()).then(|| format!("经{}批准", approve.join("、再经")));
    let body = rule.body.as_ref().map(|body| format!("{body}同意"));
    let items = (!rule.items.is_empty()).then(|| format!("{} 样材料齐全才能办结", rule.items.len()));
    let says: Vec<String> = [by, approve, body, items].into_iter().flatten().collect();
    let says = if says.is_empty() { "材料和办法见方案".to_owned() } else { says.join("，") };
    let line = Line::new(format!("disposition.{}", rule.kind.code()), rule.kind.label(), says).resting_on(&rule.basis);
    let line = if is_offered(rule.kind) { line } else { line.not_offered() };
    let line = line.note("effect", format!("台账：{}", rule.effect()));
    let line = rule.conditions.iter().enumerate().fold(line, |line, (at, condition)| {
        line.written(
            &format!("conditions.{at}"),
            format!("条件：{}", condition.label()),
            condition.source.as_ref(),
            condition.quote.as_ref(),
        )
    });
    let line = rule.items.iter().fold(line, item);
    let line = rule.follow_up.iter().fold(line, follow_up);
    let line = rule.routes.iter().fold(line, route);
    let placed = |line: Line, to: &Placement| {
        let says = format!("辍学 {} 个月以内的，{}；超过的，{}", to.months, to.within, to.beyond);
        line.written("placement", says, to.basis.source.as_ref(), to.basis.quote.as_ref())
    };
    rule.placement.iter().fold(line, placed)
}

/// 材料：限期复学通知书，提请时交齐；须有村、乡镇签字
fn item(line: Line, item: &EvidenceRule) -> Line {
    let marks = &item.marks;
    let all = |of: &[Signatory], by: &str| of.iter().map(|one| one.label()).collect::<Vec<_>>().join(by);
    let asked = [
        (!marks.certifier.is_empty()).then(|| format!("由{}出具", all(&marks.certifier, "或"))),
        marks.hospital.map(|level| format!("{level}以上医院")),
        (!marks.signatures.is_empty()).then(|| format!("{}签字", all(&marks.signatures, "、"))),
        (!marks.seals.is_empty()).then(|| format!("{}盖章", all(&marks.seals, "、"))),
        (!marks.numbers.is_empty())
            .then(|| format!("写明{}", marks.numbers.iter().map(|n| n.label()).collect::<Vec<_>>().join("、"))),
        marks.dated.map(|dated| format!("日期{dated}")),
        marks.copies.map(|copies| format!("一式 {copies} 份")),
        (!marks.recipients.is_empty()).then(|| format!("交{}", all(&marks.recipients, "、"))),
        item.all_signed.then(|| "每次参加的人逐一签字".to_owned()),
        item.kept.as_ref().map(|place| format!("存{place}，不上传")),
    ];
    let asked: Vec<String> = asked.into_iter().flatten().collect();
    let asked = if asked.is_empty() { String::new() } else { format!("；{}", asked.join("，")) };
    let says = format!("材料：{}，{}交齐{asked}", item.label, item.at);
    line.written(&format!("items.{}", item.id), says, item.source.as_ref(), item.quote.as_ref())
}

fn follow_up(line: Line, rule: &FollowUp) -> Line {
    let expires = rule.expires.as_ref().map(|expiry| {
        let longest =
            expiry.longest.as_ref().map_or_else(String::new, |longest| format!("一次最长{}，", longest.value.label()));
        format!("{longest}到期前 {} 日提醒，继续的须重新提请批准", expiry.remind_days.value)
    });
    let goes_on = [
        rule.monthly_visit.then(|| "每月联合劝返一次，直至复学".to_owned()),
        expires,
        rule.home_teaching.then(|| "按送教上门的规定送教".to_owned()),
        rule.attendance.then(|| "没有到校上课的，查明原因和去向".to_owned()),
    ];
    let goes_on: Vec<String> = goes_on.into_iter().flatten().collect();
    let says = format!("之后：由{}负责；{}", owner(&rule.by), goes_on.join("；"));
    line.written("follow_up", says, rule.basis.source.as_ref(), rule.basis.quote.as_ref())
}

fn route(line: Line, rule: &Route) -> Line {
    let places: Vec<&str> = rule.places.iter().map(|place| place.label()).collect();
    let steps: Vec<String> = rule.steps.iter().map(|step| format!("{}{}", owner(&step.by), step.does)).collect();
    let says = format!("{}在{}的：{}", rule.of, places.join("、"), steps.join("，再由"));
    line.written(&format!("routes.{}", rule.id), says, rule.basis.source.as_ref(), rule.basis.quote.as_ref())
}

fn home_teaching(rule: &HomeTeachingRule) -> Line {
    let year = rule.year.map_or("年", YearKind::label);
    let pack = |parts: &Vec<PackPart>| parts.iter().map(|part| part.label()).collect::<Vec<_>>().join("、");
    Line::new("home_teaching", "送教上门", format!("由{}送教并逐次登记", owner(&rule.by)))
        .value("sessions", rule.sessions.as_ref(), |rate| rate.label())
        .value("lessons", rule.lessons.as_ref(), |lessons| format!("每次不少于 {lessons} 课时"))
        .value("lessons_year", rule.lessons_year.as_ref(), |lessons| format!("每{year}不少于 {lessons} 课时"))
        .value("teachers", rule.teachers.as_ref(), |teachers| format!("每次不少于 {teachers} 名教师"))
        .value("monthly_pack", rule.monthly_pack.as_ref(), |parts| format!("每月整理：{}", pack(parts)))
        .not_offered()
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
