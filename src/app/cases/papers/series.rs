//! The organ's own 发文字号: a pattern and the number it takes next.

use chrono::Datelike as _;
use serde::Deserialize;

use super::issuing;
use crate::app::cases::desk::{Done, NotDone, allowed, taken};
use crate::app::{Services, sending::Sending};
use crate::db::cases::series as stored;
use crate::domain::actor::Actor;
use crate::domain::event::{Event, EventKind};
use crate::domain::faults::Faults;
use crate::domain::fields::Fields;
use crate::domain::moment::Moment;
use crate::domain::words::PaperKind;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SeriesForm {
    /// 文书
    pub kind: String,
    /// 格式, 左岚府复通〔{年}〕{号}号; empty to type the numbers
    pub pattern: String,
    /// 下一个号
    pub next: String,
}

/// What was read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesSet {
    /// Which paper.
    pub kind: PaperKind,
    /// The year.
    pub year: i16,
    /// How the organ writes its 发文字号.
    pub pattern: String,
    /// The number it takes next.
    pub next: i32,
}

impl SeriesForm {
    /// Reads the form for the year of a moment.
    pub fn read(&self, now: Moment) -> Result<SeriesSet, Faults> {
        let mut fields = Fields::on(now);
        let kind = fields.need_choice("kind", "文书", &self.kind);
        let pattern = fields.text("pattern", "发文字号格式", &self.pattern, 60);
        if !pattern.is_empty() && !pattern.contains("{号}") {
            fields.fault("pattern", "格式里要有 {号}，程序才知道号数写在哪里，例如 左岚府复通〔{年}〕{号}号");
        }
        let next = if self.next.trim().is_empty() { Some(1) } else { self.next.trim().parse().ok() };
        let next = next.filter(|next| (1..100_000).contains(next));
        if next.is_none() {
            fields.fault("next", "“下一个号”请填 1 以上的数字");
        }
        let year = i16::try_from(fields.today().year()).unwrap_or(i16::MAX);
        fields.finish(kind.zip(next).map(|(kind, next)| SeriesSet { kind, year, pattern, next }))
    }
}

/// Sets how the actor's organ numbers a paper this year.
pub async fn set_series(
    services: &Services,
    actor: &Actor,
    sent: &Sending,
    series: &SeriesSet,
) -> Result<Done, NotDone> {
    let person = allowed(actor, issuing(series.kind))?;
    let mut write = services.db.write(actor).await?;
    let location = "/papers/series?done=set".to_owned();
    if let Some(done) = taken(&mut write, sent, &location).await? {
        return Ok(done);
    }
    stored::set(&mut write, person.unit, series.kind, (series.year, &series.pattern, series.next)).await?;
    let event = Event::new(EventKind::SeriesSet).with("kind", series.kind).with("year", series.year);
    write.commit(event.with("pattern", &series.pattern).with("next", series.next)).await?;
    Ok(Done { location })
}

/// 左岚府复通〔2026〕5号
pub fn document_number(pattern: &str, year: i16, number: i32) -> String {
    pattern.replace("{年}", &year.to_string()).replace("{号}", &number.to_string())
}
