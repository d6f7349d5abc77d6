//! What the forms of a case's acts ask, and what each begins with.

use super::case_act::{Asked, Field, Kind};
use crate::app::cases::offered::is_offered;
use crate::app::cases::view::{Opened, sees_cause};
use crate::db::cases::endings::Proposed;
use crate::db::cases::plans::Plan;
use crate::domain::access::Action;
use crate::domain::case::Act;
use crate::domain::grade::Grade;
use crate::domain::ids::{PaperId, StepId};
use crate::domain::policy::{Rung, Step};
use crate::domain::role::Role;
use crate::domain::words::{DispositionKind, DropoutCause};

fn sheet(title: &str, says: &str, button: &'static str, action: Action, fields: Vec<Field>) -> Asked {
    Asked { title: title.to_owned(), says: says.to_owned(), button, action, act: None, fields, counted: true }
}

impl Asked {
    fn for_act(self, act: Act) -> Self {
        Self { act: Some(act), ..self }
    }
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(code, word)| ((*code).to_owned(), (*word).to_owned())).collect()
}

fn causes() -> Vec<(String, String)> {
    DropoutCause::ALL.iter().map(|c| (c.code().to_owned(), c.label().to_owned())).collect()
}

/// The endings of the county's policy that can be taken here.
fn kinds(view: &Opened, of: impl Fn(DispositionKind) -> bool) -> Vec<(String, String)> {
    let policy = view.rules.on(view.today);
    let offered = policy.dispositions.iter().filter(|rule| is_offered(rule.kind) && of(rule.kind));
    offered.map(|rule| (rule.kind.code().to_owned(), rule.kind.label().to_owned())).collect()
}

pub(super) fn confirm_sheet(view: &Opened) -> Asked {
    let on = Field::new("on", "核查日期", Kind::Day).holds(view.today);
    sheet("现场核查确认", "确认学生已经离校，列入劝返台账。", "确认辍学", Action::ConfirmCase, vec![on])
        .for_act(Act::Confirm { on: view.today })
}

pub(super) fn plan_sheet(_: &Opened) -> Asked {
    let fields = vec![
        Field::new("cause", "主要原因", Kind::One(causes())),
        Field::new("other_cause", "其他原因", Kind::Any(causes())),
        Field::new("guardian_says", "监护人怎么说", Kind::Long),
        Field::new("aid", "帮扶措施", Kind::Long),
        Field::new("placement", "安置", Kind::Long),
        Field::new("helper", "帮扶责任人", Kind::Text),
        Field::new("review_on", "复核日期", Kind::Day),
    ];
    sheet("一人一案方案", "保存后代替原来的方案，原来的仍留在案里。", "保存方案", Action::WritePlan, fields)
}

/// The plan in force, laid into the form of the next one; a cause that the writer may not see they choose anew.
pub(super) fn written(mut asked: Asked, plan: &Plan, role: Role) -> Asked {
    let seen = |cause: &DropoutCause| sees_cause(role, *cause).then(|| cause.code().to_owned());
    for field in &mut asked.fields {
        field.values = match field.name {
            "cause" => seen(&plan.cause).into_iter().collect(),
            "other_cause" => plan.other_causes.iter().filter_map(seen).collect(),
            "guardian_says" => vec![plan.guardian_says.clone()],
            "aid" => vec![plan.aid.clone()],
            "placement" => vec![plan.placement.clone()],
            "helper" => vec![plan.helper.clone()],
            _ => plan.review_on.map(|on| on.to_string()).into_iter().collect(),
        };
    }
    asked
}

pub(super) fn verify_sheet(view: &Opened, paper: PaperId) -> Asked {
    let fields = vec![
        Field::new("on", "核实日期", Kind::Day).holds(view.today),
        Field::new("returned", "是否已经返校", Kind::Few(pairs(&[("no", "没有返校"), ("yes", "已经返校")]))),
        Field::new("note", "看到的情况", Kind::Long),
    ];
    sheet("期满核实", "限期届满后，核实学生是否已经返校。", "登记核实", Action::VerifyExpiry, fields)
        .for_act(Act::VerifyExpiry { paper, on: view.today })
}

pub(super) fn propose_sheet(view: &Opened) -> Asked {
    let offered = kinds(view, |kind| kind != DispositionKind::Returned);
    let fields = vec![
        Field::new("kind", "处置类别", Kind::One(offered)).holds(DispositionKind::CountyDecision.code()),
        Field::new("note", "说明", Kind::Long),
    ];
    let policy = view.rules.on(view.today);
    let later: Vec<_> =
        policy.dispositions.iter().filter(|rule| !is_offered(rule.kind)).map(|rule| rule.kind.label()).collect();
    let says = match later.as_slice() {
        [] => "提请后由另一人审批。".to_owned(),
        later => format!("提请后由另一人审批。方案中的{}，本版本尚未提供办理。", later.join("、")),
    };
    let back = view.facts.dispositions.last().and_then(|one| Some((one.kind, one.decided.as_ref()?)));
    let says = match back.filter(|(_, decided)| !decided.approved) {
        None => says,
        Some((kind, decided)) => {
            let day = crate::domain::moment::full_day(decided.on);
            format!("{day}退回过{kind}的提请，补正后再提请，说明里写清补了什么。{says}")
        }
    };
    sheet("提请处置", &says, "提请", Action::ProposeDisposition, fields)
        .for_act(Act::Propose { kind: DispositionKind::CountyDecision })
}

pub(super) fn decide_sheet(view: &Opened, proposed: Option<&Proposed>) -> Asked {
    let pending = view.facts.dispositions.iter().rev().find(|one| one.decided.is_none());
    let says = pending.map_or_else(
        || "现在没有等待审批的提请。".to_owned(),
        |one| {
            let by = proposed.map(|by| format!("，{}{}", view.units.name(Some(by.unit)), by.name)).unwrap_or_default();
            let note =
                proposed.filter(|by| !by.note.is_empty()).map(|by| format!("：“{}”", by.note)).unwrap_or_default();
            let day = crate::domain::moment::full_day(one.proposed_on);
            format!("{day}{by}提请{}{note}。审批人须是提请人以外的人。", one.kind)
        },
    );
    let fields = vec![
        Field::new("approve", "审批", Kind::Few(pairs(&[("yes", "同意"), ("no", "退回")]))),
        Field::new("on", "审批日期", Kind::Day).hint("在纸上签批的，填签批当天").holds(view.today),
        Field::new("reason", "意见", Kind::Long).hint("退回时写明原因"),
        Field::new("consent", "县领导小组核实同意的资料", Kind::File).hint("签字的审批表等，照片或 PDF 扫描件"),
    ];
    // What is missing may come along with the form: the rules look at it only then.
    sheet("审批处置", &says, "提交审批", Action::ApproveDisposition, fields)
}

pub(super) fn return_sheet(view: &Opened) -> Asked {
    let grades = (1..=9).filter_map(Grade::new).zip(1..).map(|(g, n)| (n.to_string(), g.label().to_owned()));
    let grade = view.head.grade.map(|grade| grade.to_string()).unwrap_or_default();
    let fields = vec![
        Field::new("on", "到校上课日期", Kind::Day).holds(view.today),
        Field::new("grade", "年级", Kind::One(grades.collect())).holds(grade),
        Field::new("class_label", "班级", Kind::Text).holds(view.units.name(view.head.class)),
        Field::new("helper", "帮扶教师", Kind::Text),
        Field::new("note", "说明", Kind::Long),
    ];
    sheet("确认到校", "由学校确认学生已经到校上课；劝返程序随即停止。", "确认到校", Action::ConfirmReturn, fields)
        .for_act(Act::ConfirmReturn { since: view.today })
}

pub(super) fn strike_sheet(view: &Opened) -> Asked {
    let concluded = view.may(Act::StrikeOff { conclusion: Some(DispositionKind::Returned) });
    let field = Field::new("conclusion", "结论", Kind::One(kinds(view, |_| true)));
    let field = if concluded.is_ok() { field.holds(DispositionKind::Returned.code()) } else { field };
    sheet("销号", "销号后这一案离开劝返台账，回访照常进行。", "销号", Action::StrikeOff, vec![field])
        .for_act(Act::StrikeOff { conclusion: Some(DispositionKind::Returned) })
}

pub(super) fn care_sheet(view: &Opened, milestone: u16) -> Asked {
    let fields = vec![
        Field::new("on", "回访日期", Kind::Day).holds(view.today),
        Field::new("at_school", "是否在校上课", Kind::Few(pairs(&[("yes", "在校上课"), ("no", "不在校")]))),
        Field::new("note", "情况", Kind::Long).hint("不在校的，写明去向"),
    ];
    sheet("复学回访", "核实复学的学生是否仍在校上课。", "记回访", Action::RecordAftercare, fields)
        .for_act(Act::AfterCare { milestone, on: view.today })
}

pub(super) fn reopen_sheet(view: &Opened) -> Asked {
    let fields =
        vec![Field::new("on", "重新列入的日期", Kind::Day).holds(view.today), Field::new("reason", "原因", Kind::Long)];
    sheet("重新列入劝返", "在原案里重新开始劝返程序。", "重新列入", Action::ReopenCase, fields)
        .for_act(Act::Reopen { on: view.today })
}

pub(super) fn step_sheet(view: &Opened, rung: Rung) -> Asked {
    let policy = view.rules.on(view.today);
    let step = policy.step(rung);
    let name = step.map_or_else(|| rung.label(), Step::name);
    let on_paper = step.and_then(|step| step.on_paper.as_ref()).is_some_and(|asked| asked.value);
    let hint = if on_paper {
        "须以纸质形式办理，请上传照片或 PDF 扫描件"
    } else {
        "照片或 PDF 扫描件，可不传"
    };
    let fields = vec![
        Field::new("on", "办理日期", Kind::Day).holds(view.today),
        Field::new("note", "说明", Kind::Long).hint("送给谁、怎样送的、对方怎么说"),
        Field::new("scan", "书面材料", Kind::File).hint(hint),
    ];
    let to = step.map_or_else(String::new, Step::goes_to);
    let says = if to.is_empty() {
        "登记这一步已经办了。".to_owned()
    } else {
        format!("送{to}；登记这一步已经办了。")
    };
    sheet(name, &says, "登记", Action::RecordStep, fields).for_act(Act::RecordStep { rung, on: view.today })
}

pub(super) fn skip_sheet(view: &Opened, rung: Rung) -> Asked {
    let name = view.rules.on(view.today).step(rung).map_or_else(|| rung.label(), Step::name).to_owned();
    let field = Field::new("reason", "原因", Kind::Long).hint("如：本县没有登记行政处罚的法律依据");
    let says = "没有法律依据的步骤可以跳过，须由另一人批准；批准以后下一步照常进行。";
    sheet(&format!("跳过{name}"), says, "提请跳过", Action::ProposeDisposition, vec![field])
        .for_act(Act::ProposeSkip { rung })
}

pub(super) fn skip_decide_sheet(view: &Opened, id: StepId, proposed: Option<&Proposed>) -> Asked {
    let skip = view.facts.skips.iter().find(|one| one.id == id && one.decided.is_none());
    let says = skip.zip(proposed).map_or_else(
        || "现在没有等待审批的提请。".to_owned(),
        |(one, by)| {
            let (day, unit) = (crate::domain::moment::full_day(one.proposed_on), view.units.name(Some(by.unit)));
            format!("{day}，{unit}{}提请跳过{}：“{}”。审批人须是提请人以外的人。", by.name, one.rung, by.note)
        },
    );
    let fields = vec![
        Field::new("approve", "审批", Kind::Few(pairs(&[("yes", "同意跳过"), ("no", "不同意")]))),
        Field::new("reason", "意见", Kind::Long).hint("不同意时写明原因"),
    ];
    sheet("审批跳过", &says, "提交审批", Action::ApproveDisposition, fields)
        .for_act(Act::DecideSkip { id, approve: true })
}
