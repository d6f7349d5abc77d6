//! What a person may do only so often (security.md C5): searches a minute, reveals an hour.

use chrono::TimeDelta;

use super::moment::Moment;
use crate::vocabulary;

vocabulary! {
    /// An act that is counted.
    pub enum Paced {
        Search = "search" => "查找",
        Reveal = "reveal" => "查看全号",
    }
}

impl Paced {
    /// How often at most.
    pub const fn at_most(self) -> usize {
        match self {
            Self::Search => 30,
            Self::Reveal => 60,
        }
    }

    /// In how long.
    const fn within(self) -> TimeDelta {
        match self {
            Self::Search => TimeDelta::minutes(1),
            Self::Reveal => TimeDelta::hours(1),
        }
    }

    /// The moments that count from now on, this one included; none where there are as many as may be already. Who is
    /// refused is not counted, so that trying again does not lengthen the wait.
    pub fn once_more(self, before: &[Moment], now: Moment) -> Option<Vec<Moment>> {
        let mut counted: Vec<Moment> = before.iter().copied().filter(|at| *at > now - self.within()).collect();
        if counted.len() >= self.at_most() {
            return None;
        }
        counted.push(now);
        Some(counted)
    }

    /// What to tell whoever was too fast.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Search => "一分钟内最多查找 30 次，您已经查满。请稍等一分钟，再刷新本页。",
            Self::Reveal => {
                "一小时内最多查看 60 次全号，您已经查满，这一次没有显示。请过一会儿再看；要成批核对的，请用导出或文书。"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_slides_and_a_refusal_does_not_count() {
        let start: Moment = "2026-10-15T00:59:50Z".parse().expect("a moment");
        let mut times = Vec::new();
        for _ in 0..30 {
            times = Paced::Search.once_more(&times, start).expect("within the limit");
        }
        // The minute of the clock is another, the last sixty seconds are not.
        assert_eq!(Paced::Search.once_more(&times, start + TimeDelta::seconds(59)), None);
        let later = Paced::Search.once_more(&times, start + TimeDelta::seconds(60));
        assert_eq!(later.map(|times| times.len()), Some(1));
    }
}
