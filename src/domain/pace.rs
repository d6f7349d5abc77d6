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
    pub const fn at_most(self) -> i32 {
        match self {
            Self::Search => 30,
            Self::Reveal => 60,
        }
    }

    /// The beginning of the minute or hour in which a moment lies.
    pub fn since(self, at: Moment) -> Moment {
        let seconds = match self {
            Self::Search => 60,
            Self::Reveal => 3600,
        };
        at - TimeDelta::seconds(at.timestamp().rem_euclid(seconds))
            - TimeDelta::nanoseconds(at.timestamp_subsec_nanos().into())
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
