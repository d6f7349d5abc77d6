//! How each unmet thing is said, and where it is mended.

use chrono::{Datelike as _, NaiveDate};

use super::disposition::Lacking;
use super::unmet::{Mend, Unmet, Wait};
use crate::domain::calendar::spoken;
use crate::domain::policy::{Organ, Rung};
use crate::domain::role::Role;

impl Unmet {
    /// The reason, as a Chinese clause without a full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotConfirmed => "还没有现场核查确认".to_owned(),
            Self::VisitsShort { have, need, pupil } => visits_short(*have, *need, *pupil),
            Self::AlreadyConfirmed { on } => format!("{}已经确认", spoken(*on)),
            Self::Unconfirmed { day, unit_name, person, account, .. } => unconfirmed(*day, unit_name, person, *account),
            Self::MonthMissed { year, month } => format!("{year}年{month}月没有联合劝返，每月至少联合劝返一次"),
            Self::MonthOpen { due } => format!("本月还没有联合劝返，最迟{}", spoken(*due)),
            Self::MonthAhead { from, due } => {
                format!("{}起做{}月的联合劝返，最迟{}", spoken(*from), from.month(), spoken(*due))
            }
            Self::EvidenceMissing { evidence } => format!("缺{evidence}"),
            Self::InFuture { on } => format!("{}还没有到，只能记已经发生的事", spoken(*on)),
            Self::BeforePredecessor { what, on } => format!("日期不能早于{what}（{}）", spoken(*on)),

            Self::PaperNotIssued { paper } => format!("还没有签发{paper}"),
            Self::PaperNotSigned { paper, .. } => format!("{paper}已经拟好，等待签发"),
            Self::SignaturesMissing { paper, organs, .. } => format!("{paper}还要{}签发", organ_list(organs)),
            Self::AlreadySigned { organ } => format!("{organ}已经签发"),
            Self::DeadlineMissing { .. } => "请填写限期日期".to_owned(),
            Self::NotServed { paper, .. } => format!("{paper}还没有送达，期限没有开始计算"),
            Self::BeingServed { paper, effective_on } => {
                format!("{paper}公告送达中，{}生效，期限从那一天起算", spoken(*effective_on))
            }
            Self::ServiceProofMissing { paper, .. } => format!("{paper}的送达回证还没有上传"),
            Self::PaperInForce { paper } => format!("已有一份有效的{paper}，如要重发请先作废"),
            Self::DeadlineRuns { due } => format!("限期到{}才满", spoken(*due)),
            Self::AlreadyServed { on } => format!("{}已经送达", spoken(*on)),
            Self::NotVerified { since: Some(due), .. } => format!("限期（{}）届满后还没有核实是否复学", spoken(*due)),
            Self::NotVerified { since: None, .. } => "还没有核实是否复学".to_owned(),
            Self::AlreadyVerified { on } => format!("{}已经核实过", spoken(*on)),
            Self::NoSuchPaper => "找不到这份文书，或者它已经作废".to_owned(),
            Self::NotInLadder { paper } => format!("本县方案没有{paper}这一步"),
            Self::NoLocalBasis { organ } => format!("{organ}没有登记作出责令的地方依据"),
            Self::StepNotDone { rung } => format!("还没有{rung}"),
            Self::NotReported { by, to, .. } => format!("{by}尚未报告{to}"),
            Self::ScanMissing { .. } => "须以纸质形式报告，请上传书面报告".to_owned(),
            Self::AlreadyRecorded { on } => format!("{}已经登记", spoken(*on)),
            Self::NotRecorded { rung } => format!("{rung}不在这里登记"),
            Self::PenaltyOrSkip => "还没有行政处罚；没有处罚依据的，须由另一人批准跳过".to_owned(),
            Self::SkipPending { rung, .. } => format!("已经提请跳过{rung}，等另一人批准"),
            Self::NotToBeSkipped { rung } => format!("{rung}不能跳过，只有没有法律依据的步骤可以"),
            Self::NoPenaltyBasis => "本县没有登记行政处罚的法律依据".to_owned(),

            Self::ReturnNotConfirmed => "学校还没有确认到校上课".to_owned(),
            Self::Returned { on } => format!("学生{}已经复学，劝返程序停止", spoken(*on)),
            Self::Excused { kind, until } => excused(kind.label(), *until),
            Self::StruckOff { on } => format!("{}已经销号", spoken(*on)),
            Self::NotStruckOff => "还在劝返台账里，没有销号".to_owned(),
            Self::NoConclusion => "每一名学生情况都要有准确的结论，请先选定结论".to_owned(),
            Self::StaysOpen { kind } => format!("{kind}不是销号的结论，仍要继续劝返"),
            Self::NotEnabled { kind } => format!("本县方案没有“{kind}”这一类处置"),
            Self::NotYetOffered { kind } => format!("“{kind}”暂未开放办理"),
            Self::AlreadyProposed { kind, on } => format!("{}已经提请{kind}，等待审批", spoken(*on)),
            Self::AlreadyDecided { kind, on } => format!("{}已经同意{kind}", spoken(*on)),
            Self::NotAgreed { kind } => format!("县里还没有同意{kind}"),
            Self::NoProposalNeeded { kind } => format!("{kind}不用提请，学校确认到校以后直接销号"),
            Self::NotProposed => "没有等待审批的提请".to_owned(),

            Self::SamePerson => "提请人不能审批自己的提请，须由另一人审批".to_owned(),
            Self::NotYourRole { roles } => format!("由{}办理", role_list(roles)),
            Self::NotYourOrgan { organ } => format!("由{organ}办理"),
            Self::NoPower { organ } => format!("{organ}没有作出责令、限期复学的权力"),
            Self::NoSuchStep { rung } => format!("本县方案没有{rung}这一步"),
            Self::OtherTownship { acting } => format!("由{acting}乡镇办理"),
            Self::NoSuchContact { milestone } => format!("本县方案没有复学满{milestone}日的回访"),
            Self::ContactMade { milestone, on } => format!("复学满{milestone}日的回访{}已经做过", spoken(*on)),
            Self::NotYourVisit => "只有写这条记录的人能更正，别人可以另记一次".to_owned(),
            Self::TooLateToCorrect { until } => format!("只能在记下后7天之内更正，到{}为止", spoken(*until)),
            Self::VisitCorrected => "这条记录已经更正过，请更正最新的一条".to_owned(),
            Self::CaseOpen { number, .. } => format!("已经列为劝返对象（{number}）"),
            Self::CaseBefore { number, .. } => format!("曾经列为劝返对象并已销号，请在原案（{number}）重新列入"),
            Self::NotSchoolAge => "不在义务教育适龄范围".to_owned(),
            Self::NoTownship => "户籍地和居住地都不在本县的乡镇，请先更正住址".to_owned(),
            Self::Ending(lacking) => lacking.sentence(),
            Self::NotFoundOut => "还没有现场核查出“在家未就读”的结果".to_owned(),
        }
    }

    /// Whether one can only wait for it, and for what; none where somebody has to do something.
    pub fn wait(&self) -> Option<Wait> {
        match self {
            Self::DeadlineRuns { due } => due.succ_opt().map(|day| Wait::Until { day }),
            Self::BeingServed { effective_on, .. } => Some(Wait::Until { day: *effective_on }),
            Self::MonthAhead { from, .. } => Some(Wait::Until { day: *from }),
            Self::MonthOpen { due } => Some(Wait::NotLate { due: *due }),
            Self::Unconfirmed { account: true, .. } => Some(Wait::Others),
            _ => None,
        }
    }

    /// Where it is mended; some things only time or another person mends.
    pub const fn mend(&self) -> Option<Mend> {
        Some(match self {
            Self::NotConfirmed => Mend::ConfirmCase,
            Self::VisitsShort { .. } | Self::MonthOpen { .. } => Mend::LogVisit,
            Self::Unconfirmed { visit, .. } => Mend::Visit { id: *visit },
            Self::PaperNotIssued { paper } => Mend::DraftPaper { paper: *paper },
            Self::PaperNotSigned { id, paper } | Self::SignaturesMissing { id, paper, .. } => {
                Mend::IssuePaper { id: *id, paper: *paper }
            }
            Self::StepNotDone { rung } | Self::NotReported { rung, .. } | Self::ScanMissing { rung } => {
                Mend::RecordStep { rung: *rung }
            }
            Self::PenaltyOrSkip => Mend::Skip { rung: Rung::Penalty },
            Self::SkipPending { id, .. } => Mend::DecideSkip { id: *id },
            Self::NotServed { id, .. } => Mend::RecordService { id: *id },
            Self::ServiceProofMissing { id, .. } => Mend::ServiceProof { id: *id },
            Self::NotVerified { paper, .. } => Mend::VerifyExpiry { id: *paper },
            Self::EvidenceMissing { evidence } => Mend::Evidence { evidence: *evidence },
            Self::ReturnNotConfirmed | Self::NoProposalNeeded { .. } => Mend::ConfirmReturn,
            Self::NotAgreed { kind } => Mend::Propose { kind: *kind },
            Self::StruckOff { .. } => Mend::Reopen,
            Self::CaseOpen { case, .. } | Self::CaseBefore { case, .. } => Mend::Case { id: *case },
            Self::Ending(lacking) => return evidence_of(lacking),
            Self::NoConclusion => Mend::StrikeOff,
            Self::NoLocalBasis { .. } | Self::NoPenaltyBasis => Mend::CountySettings,
            _ => return None,
        })
    }
}

const fn evidence_of(lacking: &Lacking) -> Option<Mend> {
    match lacking.file() {
        Some(evidence) => Some(Mend::Evidence { evidence }),
        None => None,
    }
}

fn visits_short(have: u16, need: u16, pupil: bool) -> String {
    let presence = if pupil { "（学生在场）" } else { "" };
    if have + 1 == need {
        format!("还差第{need}次联合劝返{presence}")
    } else {
        format!("联合劝返未满{need}次{presence}，现有{have}次")
    }
}

fn unconfirmed(day: NaiveDate, unit: &str, person: &str, account: bool) -> String {
    let how =
        if account { "还没有确认“我参加了”" } else { "没有账号，须上传签字的劝返记录" };
    format!("{}联合劝返，{unit}{person}{how}", spoken(day))
}

fn excused(kind: &str, until: Option<NaiveDate>) -> String {
    until.map_or_else(
        || format!("有正当理由（{kind}有效期内）"),
        |last| format!("有正当理由（{kind}有效期内，到{}止）", spoken(last)),
    )
}

fn role_list(roles: &[Role]) -> String {
    roles.iter().map(|role| role.label()).collect::<Vec<_>>().join("、")
}

fn organ_list(organs: &[Organ]) -> String {
    organs.iter().map(|organ| organ.label()).collect::<Vec<_>>().join("、")
}
