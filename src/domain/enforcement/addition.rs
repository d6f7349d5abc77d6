//! What a fine has grown by: three in a hundred a day after its last day, never more than itself (行政处罚法 §72, §73).

use chrono::NaiveDate;
use serde::Serialize;

use super::facts::Deed;
use super::ground::Ground;

/// 加处罚款 as it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Addition {
    /// The days that count, those of a review or a suit left out.
    pub days: u32,
    /// In hundredths of a yuan (分).
    pub fen: u64,
    /// It has reached the fine itself and grows no further.
    pub capped: bool,
}

impl Addition {
    /// The provision that sets it.
    pub const RESTS_ON: &'static str = "penalties-72";

    /// `加处罚款 12日 360.00元`
    pub fn told(&self) -> String {
        let capped = if self.capped { "（已到罚款数额）" } else { "" };
        format!("加处罚款 {}日 {}.{:02}元{capped}", self.days, self.fen / 100, self.fen % 100)
    }
}

/// The addition up to a day, or to the day of payment; none while nothing is late.
pub fn addition(ground: &Ground<'_>) -> Option<Addition> {
    if !ground.is_lawful() || ground.any(&[Deed::ReconsiderationRevoked, Deed::SuitRevoked]).is_some() {
        return None;
    }
    let fine = u64::from(ground.of.fine?);
    let due = ground.obligation()?;
    let until = ground.settled().unwrap_or(ground.today);
    let late = due.iter_days().skip(1).take_while(|day| *day <= until);
    // More days than the cap allows for change nothing: none are counted beyond the decade.
    let days = late.take(3660).filter(|day| !ground.rests_on(*day)).fold(0_u32, |count, _| count + 1);
    let (grown, most) = (fine * 3 * u64::from(days), fine * 100);
    (days > 0).then(|| Addition { days, fen: grown.min(most), capped: grown >= most })
}

impl Ground<'_> {
    /// The addition rests while a review or a suit runs, its first and last day included.
    fn rests_on(&self, day: NaiveDate) -> bool {
        let runs = |from: Deed, to: Deed| {
            self.on(from).is_some_and(|from| from <= day) && self.on(to).is_none_or(|to| day <= to)
        };
        runs(Deed::ReconsiderationApplied, Deed::ReconsiderationUpheld) || runs(Deed::SuitFiled, Deed::SuitUpheld)
    }
}
