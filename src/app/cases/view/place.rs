//! Where the child of a case is by the books: the roll, the school that has them back, the class of the balance.

use crate::app::AppError;
use crate::db::Read;
use crate::db::cases::case::CaseHead;
use crate::db::register::{self, RollLine};
use crate::domain::calendar::spoken;
use crate::domain::case::{Facts, Phase, Standing};
use crate::domain::ids::UnitId;
use crate::domain::units::Units;
use crate::domain::words::{RollStatus, Whereabouts};

/// What the books say of the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceView {
    /// The roll in force: 左岚乡中心小学六年级（2）班; 没有学籍 where there is none.
    pub roll: String,
    /// That the child is back in class: 左岚乡中心小学，10月13日起到校上课（学校已确认）.
    pub attends: Option<String>,
    /// That the roll does not say so yet, and who restores it.
    pub unrestored: Option<String>,
    /// The column of the 去向平衡表 in which the child counts.
    pub counted_as: Whereabouts,
    /// On what that rests.
    pub counted_because: String,
}

pub(super) async fn of(
    read: &mut Read,
    units: &Units,
    head: &CaseHead,
    (facts, standing): (&Facts, &Standing),
) -> Result<PlaceView, AppError> {
    let child = register::child_page(read, head.child).await?;
    let open = register::roll_lines(read, head.child).await?.into_iter().find(|roll| roll.until_on.is_none());
    let back = matches!(standing.phase, Phase::Returned | Phase::StruckOff);
    let back = facts.returns.iter().filter(|_| back).max_by_key(|one| one.confirmed_on);
    let school = head.school.map_or("学校", |school| units.name(school));
    let restored = open.as_ref().is_some_and(|roll| is_active_at(roll, head.school));
    Ok(PlaceView {
        roll: open.as_ref().map_or_else(|| "没有学籍".to_owned(), |roll| rolled(roll, units)),
        attends: back.map(|one| format!("{school}，{}起到校上课（学校已确认）", spoken(one.on))),
        unrestored: back.filter(|_| !restored).map(|_| unrestored(open.as_ref(), school)),
        counted_as: child.whereabouts,
        counted_because: if standing.phase == Phase::Returned {
            "已经返校，销号以后改计在校".to_owned()
        } else {
            child.whereabouts_basis
        },
    })
}

fn is_active_at(roll: &RollLine, school: Option<UnitId>) -> bool {
    roll.status == RollStatus::Active && school.is_none_or(|school| school == roll.school)
}

/// 左岚乡中心小学六年级（2）班; with its status where it is not 在读.
fn rolled(roll: &RollLine, units: &Units) -> String {
    let class = if roll.class_label.is_empty() { roll.grade_label() } else { &roll.class_label };
    let at = if class.starts_with(roll.grade_label()) {
        format!("{}{class}", units.name(roll.school))
    } else {
        format!("{}{}{class}", units.name(roll.school), roll.grade_label())
    };
    if roll.status == RollStatus::Active { at } else { format!("{at}（{}）", roll.status) }
}

fn unrestored(roll: Option<&RollLine>, school: &str) -> String {
    let state =
        if roll.is_some() { "学籍还没有转到这所学校或恢复在读" } else { "学籍还没有恢复" };
    format!("{state}，由{school}学籍管理员在学籍系统办理，办好后在下一次导入的学籍花名册里更新")
}
