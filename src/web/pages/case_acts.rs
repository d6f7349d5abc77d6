//! The acts of a case, each with its address: confirm, plan, verify, propose, decide, return, strike off, visit, reopen.

use axum::extract::State as AxumState;
use axum::response::Response;

use super::case_act::{Asked, Field, Kind, answer, at, blank, opened};
use crate::app::cases::after_care::{self, AfterCareForm};
use crate::app::cases::confirm::{self, ConfirmForm};
use crate::app::cases::dispose::{self, DecideForm, ProposeForm};
use crate::app::cases::dossier::CaseView;
use crate::app::cases::expiry::{self, ExpiryForm};
use crate::app::cases::plan::{self, PlanForm};
use crate::app::cases::reopen::{self, ReopenForm};
use crate::app::cases::school_return::{self, ReturnForm};
use crate::app::cases::strike_off::{self, StrikeOffForm};
use crate::app::cases::{NotDone, Sending, Upload as Looked};
use crate::db::cases::papers;
use crate::domain::access::Action;
use crate::domain::faults::Faults;
use crate::domain::grade::Grade;
use crate::domain::ids::{CaseId, DispositionId, PaperId};
use crate::domain::words::{DispositionKind, DropoutCause};
use crate::files::read_evidence;
use crate::web::extract::{Form, Path};
use crate::web::failure::Failure;
use crate::web::guard::{Session, now};
use crate::web::state::State;
use crate::web::upload::{Photos, Upload};

fn sheet(title: &str, says: &str, button: &'static str, action: Action, fields: Vec<Field>) -> Asked {
    Asked { title: title.to_owned(), says: says.to_owned(), button, action, fields, counted: true }
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(code, word)| ((*code).to_owned(), (*word).to_owned())).collect()
}

fn causes() -> Vec<(String, String)> {
    DropoutCause::ALL.iter().map(|c| (c.code().to_owned(), c.label().to_owned())).collect()
}

fn kinds(view: &CaseView, of: impl Fn(DispositionKind) -> bool) -> Vec<(String, String)> {
    let policy = view.rules.on(view.today);
    let enabled = DispositionKind::ALL.iter().filter(|kind| policy.disposition(**kind).is_some() && of(**kind));
    enabled.map(|kind| (kind.code().to_owned(), kind.label().to_owned())).collect()
}

fn confirm_sheet(view: &CaseView) -> Asked {
    let on = Field::new("on", "核查日期", Kind::Day).holds(view.today);
    sheet("现场核查确认", "确认学生已经离校，列入劝返台账。", "确认辍学", Action::ConfirmCase, vec![on])
}

fn plan_sheet(_: &CaseView) -> Asked {
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

fn verify_sheet(view: &CaseView) -> Asked {
    let fields = vec![
        Field::new("on", "核实日期", Kind::Day).holds(view.today),
        Field::new("returned", "是否已经返校", Kind::Few(pairs(&[("no", "没有返校"), ("yes", "已经返校")]))),
        Field::new("note", "看到的情况", Kind::Long),
    ];
    sheet("期满核实", "限期届满后，核实学生是否已经返校。", "登记核实", Action::VerifyExpiry, fields)
}

fn propose_sheet(view: &CaseView) -> Asked {
    let offered = kinds(view, |kind| kind != DispositionKind::Returned);
    let fields = vec![
        Field::new("kind", "处置类别", Kind::One(offered)).holds(DispositionKind::CountyDecision.code()),
        Field::new("note", "说明", Kind::Long),
    ];
    sheet("提请处置", "提请后由另一人审批。", "提请", Action::ProposeDisposition, fields)
}

fn decide_sheet(view: &CaseView) -> Asked {
    let pending = view.facts.dispositions.iter().rev().find(|one| one.decided.is_none());
    let says = pending.map_or_else(
        || "现在没有等待审批的提请。".to_owned(),
        |one| {
            format!("{}提请{}。审批人须是提请人以外的人。", crate::domain::moment::full_day(one.proposed_on), one.kind)
        },
    );
    let fields = vec![
        Field::new("approve", "审批", Kind::Few(pairs(&[("yes", "同意"), ("no", "退回")]))),
        Field::new("on", "审批日期", Kind::Day).hint("在纸上签批的，填签批当天").holds(view.today),
        Field::new("reason", "意见", Kind::Long).hint("退回时写明原因"),
        Field::new("consent", "县领导小组核实同意的资料", Kind::File).hint("签字的审批表等，照片或 PDF 扫描件"),
    ];
    sheet("审批处置", &says, "提交审批", Action::ApproveDisposition, fields)
}

fn return_sheet(view: &CaseView) -> Asked {
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
}

fn strike_sheet(view: &CaseView) -> Asked {
    let field = Field::new("conclusion", "结论", Kind::One(kinds(view, |_| true)));
    sheet("销号", "销号后这一案离开劝返台账，回访照常进行。", "销号", Action::StrikeOff, vec![field])
}

fn care_sheet(view: &CaseView) -> Asked {
    let fields = vec![
        Field::new("on", "回访日期", Kind::Day).holds(view.today),
        Field::new("at_school", "是否在校上课", Kind::Few(pairs(&[("yes", "在校上课"), ("no", "不在校")]))),
        Field::new("note", "情况", Kind::Long).hint("不在校的，写明去向"),
    ];
    sheet("复学回访", "核实复学的学生是否仍在校上课。", "记回访", Action::RecordAftercare, fields)
}

fn reopen_sheet(view: &CaseView) -> Asked {
    let fields =
        vec![Field::new("on", "重新列入的日期", Kind::Day).holds(view.today), Field::new("reason", "原因", Kind::Long)];
    sheet("重新列入劝返", "在原案里重新开始劝返程序。", "重新列入", Action::ReopenCase, fields)
}

macro_rules! act {
    ($show:ident, $take:ident, $sheet:ident, $form:ty, $rest:literal, $do:expr) => {
        pub(crate) async fn $show(
            AxumState(state): AxumState<State>,
            session: Session,
            Path(id): Path<CaseId>,
        ) -> Result<Response, Failure> {
            let view = opened(&state, &session, id).await?;
            blank(&session, &view, $sheet(&view), format!("/cases/{id}/{}", $rest))
        }

        pub(crate) async fn $take(
            AxumState(state): AxumState<State>,
            session: Session,
            Path(id): Path<CaseId>,
            form: Form<$form>,
        ) -> Result<Response, Failure> {
            let view = opened(&state, &session, id).await?;
            let at = at(id, form.sending(), &form.typed);
            let outcome = match form.value.read(now(&state)) {
                Ok(read) => $do(&state.services, &session.actor, &at, read).await,
                Err(faults) => Err(faults.into()),
            };
            answer(&session, &view, $sheet(&view), format!("/cases/{id}/{}", $rest), form.typed, outcome)
        }
    };
}

act!(confirm, confirm_it, confirm_sheet, ConfirmForm, "confirm", confirm::confirm_case);
act!(plan, plan_it, plan_sheet, PlanForm, "plan", async |s, a, at, read| plan::write_plan(s, a, at, &read).await);
act!(propose, propose_it, propose_sheet, ProposeForm, "propose", async |s, a, at, read| {
    dispose::propose_disposition(s, a, at, &read).await
});
act!(back, back_it, return_sheet, ReturnForm, "return", async |s, a, at, read| {
    school_return::confirm_return(s, a, at, &read).await
});
act!(strike, strike_it, strike_sheet, StrikeOffForm, "strike-off", strike_off::strike_off);
act!(again, again_it, reopen_sheet, ReopenForm, "reopen", async |s, a, at, read| reopen::reopen(s, a, at, &read).await);

/// The case of a paper.
async fn case_of(state: &State, session: &Session, paper: PaperId) -> Result<CaseId, Failure> {
    let mut read = state.services.db.read(&session.actor).await?;
    Ok(papers::one(&mut read, paper).await?.case)
}

pub(crate) async fn verify(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(paper): Path<PaperId>,
) -> Result<Response, Failure> {
    let id = case_of(&state, &session, paper).await?;
    let view = opened(&state, &session, id).await?;
    blank(&session, &view, verify_sheet(&view), format!("/papers/{paper}/expiry"))
}

pub(crate) async fn verify_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path(paper): Path<PaperId>,
    form: Form<ExpiryForm>,
) -> Result<Response, Failure> {
    let id = case_of(&state, &session, paper).await?;
    let view = opened(&state, &session, id).await?;
    let at = at(id, form.sending(), &form.typed);
    let outcome = match form.value.read(now(&state)) {
        Ok(found) => expiry::verify_expiry(&state.services, &session.actor, &at, paper, &found).await,
        Err(faults) => Err(faults.into()),
    };
    answer(&session, &view, verify_sheet(&view), format!("/papers/{paper}/expiry"), form.typed, outcome)
}

pub(crate) async fn care(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, days)): Path<(CaseId, u16)>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    blank(&session, &view, care_sheet(&view), format!("/cases/{id}/aftercare/{days}"))
}

pub(crate) async fn care_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, days)): Path<(CaseId, u16)>,
    form: Form<AfterCareForm>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    let at = at(id, form.sending(), &form.typed);
    let outcome = match form.value.read(now(&state)) {
        Ok(found) => after_care::record_aftercare(&state.services, &session.actor, &at, days, &found).await,
        Err(faults) => Err(faults.into()),
    };
    answer(&session, &view, care_sheet(&view), format!("/cases/{id}/aftercare/{days}"), form.typed, outcome)
}

pub(crate) async fn decide(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, one)): Path<(CaseId, DispositionId)>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    blank(&session, &view, decide_sheet(&view), format!("/cases/{id}/decide/{one}"))
}

pub(crate) async fn decide_it(
    AxumState(state): AxumState<State>,
    session: Session,
    Path((id, one)): Path<(CaseId, DispositionId)>,
    form: Upload<DecideForm, Photos>,
) -> Result<Response, Failure> {
    let view = opened(&state, &session, id).await?;
    session.require(Action::ApproveDisposition)?;
    let at = at(id, Sending { key: form.key, body_hash: form.body_hash }, &form.typed);
    let (mut scans, mut faults) = (Vec::new(), Faults::default());
    for file in form.files?.into_iter().filter(|file| !file.bytes.is_empty()) {
        match read_evidence(file.bytes).await {
            Ok(ready) => scans.push(Looked { ready, name: file.name }),
            Err(why) => faults.add("consent", format!("“{}”：{why}", file.name)),
        }
    }
    let pending =
        view.facts.dispositions.iter().find(|known| known.id == one && known.decided.is_none()).map(|known| known.id);
    let outcome = match (form.value.read(now(&state), scans), pending) {
        (Err(found), _) => Err(NotDone::Faulty(found)),
        _ if !faults.is_empty() => Err(NotDone::Faulty(faults)),
        (Ok(_), None) => Err(NotDone::Conflict("这一案现在没有等待审批的提请，可能已经有人审批。".to_owned())),
        (Ok(decision), Some(pending)) => {
            dispose::decide_disposition(&state.services, &session.actor, &at, pending, decision).await
        }
    };
    answer(&session, &view, decide_sheet(&view), format!("/cases/{id}/decide/{one}"), form.typed, outcome)
}
