//! Who grants a pupil's leave (DET-24, DET-25), as a policy says it.

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop};
use super::ladder::{Basis, Owner};
use crate::domain::role::Role;

/// Who grants leave; without bands and without the one pen nobody is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveRule {
    /// By length, the shortest first.
    #[serde(default)]
    pub bands: Vec<LeaveBand>,
    /// The principal grants every leave (校长“一支笔”).
    #[serde(default)]
    pub single_pen: bool,
    /// Whoever is back says so to whoever granted it (销假).
    #[serde(default)]
    pub cancel_required: bool,
    /// What it rests on.
    #[serde(default)]
    pub basis: Option<Basis>,
}

/// Leave of a certain length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveBand {
    /// How long it may be; the last band has no end.
    #[serde(default)]
    pub until: Option<LeaveEnd>,
    /// Who grants it.
    pub by: Owner,
    /// As the scheme calls whoever grants it, where that is no role of its own: 教务处.
    #[serde(default)]
    pub title: Option<String>,
    /// Who signs it before.
    #[serde(default)]
    pub signed_first: Vec<Role>,
}

/// Where a band ends, in days (AMB-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveEnd {
    /// 2天以内: the last day included.
    UpTo(u16),
    /// So many days belong to the next band.
    Below(u16),
}

impl LeaveEnd {
    /// So many days lie before the end.
    const fn holds(self, days: u16) -> bool {
        match self {
            Self::UpTo(most) => days <= most,
            Self::Below(next) => days < next,
        }
    }

    /// The number as the scheme says it.
    const fn number(self) -> u16 {
        match self {
            Self::UpTo(n) | Self::Below(n) => n,
        }
    }

    /// The longest leave before it.
    const fn longest(self) -> u16 {
        match self {
            Self::UpTo(most) => most,
            Self::Below(next) => next - 1,
        }
    }
}

impl LeaveBand {
    /// Who grants it, as the scheme calls them.
    pub fn granted_by(&self) -> String {
        let roles = || self.by.roles.iter().map(|role| role.label()).collect::<Vec<_>>().join("、");
        self.title.clone().unwrap_or_else(roles)
    }
}

impl LeaveRule {
    /// The county has said who grants leave.
    pub const fn is_set(&self) -> bool {
        self.single_pen || !self.bands.is_empty()
    }

    /// Whether somebody may grant leave of so many days, which these have signed; else why not, in words (AC-15…18).
    pub fn may_grant(&self, days: u16, by: Role, signed: &[Role]) -> Result<(), String> {
        if self.single_pen {
            let wrong = || "学生请销假由校长“一支笔”审批".to_owned();
            return if by == Role::Principal { Ok(()) } else { Err(wrong()) };
        }
        let Some(at) = self.band(days) else { return Ok(()) };
        let band = &self.bands[at];
        let unsigned: Vec<&str> =
            band.signed_first.iter().filter(|role| !signed.contains(role)).map(|role| role.label()).collect();
        if band.by.roles.contains(&by) && unsigned.is_empty() {
            return Ok(());
        }
        let signed = if unsigned.is_empty() {
            "由".to_owned()
        } else {
            format!("须{}签字审核后由", unsigned.join("、"))
        };
        Err(format!("请假{}{signed}{}审批", self.length(at), band.granted_by()))
    }

    /// Who grants leave of so many days, as the scheme calls them.
    pub fn granted_by(&self, days: u16) -> String {
        match self.band(days) {
            Some(at) if !self.single_pen => self.bands[at].granted_by(),
            _ => Role::Principal.label().to_owned(),
        }
    }

    fn band(&self, days: u16) -> Option<usize> {
        self.bands.iter().position(|band| band.until.is_none_or(|end| end.holds(days)))
    }

    /// How long a leave of a band is, in the words of schemes: 2天以内, 2天以上.
    fn length(&self, at: usize) -> String {
        let before = at.checked_sub(1).and_then(|at| self.bands[at].until);
        match (before, self.bands[at].until) {
            (Some(end), _) => format!("{}天以上", end.number()),
            (None, Some(LeaveEnd::UpTo(most))) => format!("{most}天以内"),
            (None, Some(LeaveEnd::Below(next))) => format!("不满{next}天"),
            (None, None) => String::new(),
        }
    }

    /// The rule as the page of the policy says it, a sentence a band.
    pub fn sentences(&self) -> Vec<String> {
        let mut told = Vec::new();
        if self.single_pen {
            told.push("请假一律由校长审批（校长“一支笔”）".to_owned());
        }
        for (at, band) in self.bands.iter().enumerate() {
            let first: Vec<&str> = band.signed_first.iter().map(|role| role.label()).collect();
            let first = if first.is_empty() { String::new() } else { format!("{}签字审核后", first.join("、")) };
            told.push(format!("请假{}，{first}由{}审批", self.length_to(at), band.granted_by()));
        }
        if self.cancel_required {
            told.push("学生回校后按照审批权限销假".to_owned());
        }
        told
    }

    /// Both ends of a band, so that no day lies in two: 2天以上、不满5天.
    fn length_to(&self, at: usize) -> String {
        let end = |end: LeaveEnd| match end {
            LeaveEnd::UpTo(most) => format!("{most}天以内"),
            LeaveEnd::Below(next) => format!("不满{next}天"),
        };
        let begin = |end: LeaveEnd| match end {
            LeaveEnd::UpTo(most) => format!("超过{most}天"),
            LeaveEnd::Below(next) => format!("满{next}天"),
        };
        let before = at.checked_sub(1).and_then(|at| self.bands[at].until).map(begin);
        let both = [before, self.bands[at].until.map(end)];
        both.into_iter().flatten().collect::<Vec<_>>().join("、")
    }

    /// What the bands contradict.
    pub(super) fn faults(&self) -> Vec<&'static str> {
        let mut told = Vec::new();
        if self.single_pen && !self.bands.is_empty() {
            told.push("校长“一支笔”审批（single_pen）和分级审批（bands）只能写一样；不用分级的写 bands = []");
        }
        if self.cancel_required && !self.is_set() {
            told.push("要求销假的，先写请假由谁审批（bands 或 single_pen）");
        }
        let ends: Vec<Option<LeaveEnd>> = self.bands.iter().map(|band| band.until).collect();
        let open = ends.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        if !self.bands.is_empty() && (open + 1 != ends.len() || ends.iter().take(open).any(Option::is_none)) {
            told.push("bands 要有一档没有上限，而且只有最后一档没有");
        }
        if !ends.iter().flatten().map(|end| end.longest()).is_sorted_by(|a, b| a < b) {
            told.push("bands 要从短到长，各档不能重叠");
        }
        if self.bands.iter().any(|band| band.signed_first.iter().any(|role| band.by.roles.contains(role))) {
            told.push("先签字的人不能就是审批的人");
        }
        if self.is_set() && self.basis.is_none() {
            told.push("缺“basis”这一项");
        }
        told
    }
}

impl Read for LeaveBand {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["up_to", "below", "by", "title", "signed_first"])?;
        let until = match (at.maybe("up_to")?, at.maybe("below")?) {
            (None, None) => None,
            (Some(most), None) if most > 0 => Some(LeaveEnd::UpTo(most)),
            (None, Some(next)) if next > 1 => Some(LeaveEnd::Below(next)),
            _ => return Err(at.fail("上限写 up_to（含这一天）或 below（不含），只写一样，不能为零")),
        };
        Ok(Self {
            until,
            by: at.need("by")?,
            title: at.maybe("title")?,
            signed_first: at.maybe("signed_first")?.unwrap_or_default(),
        })
    }
}

impl Read for LeaveRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["bands", "single_pen", "cancel_required", "basis"])?;
        Ok(Self {
            bands: at.maybe("bands")?.unwrap_or_default(),
            single_pen: at.maybe("single_pen")?.unwrap_or(false),
            cancel_required: at.maybe("cancel_required")?.unwrap_or(false),
            basis: at.maybe("basis")?,
        })
    }
}
