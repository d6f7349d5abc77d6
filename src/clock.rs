//! The only place that asks what time it is; everyone else is handed a [`Clock`] or a day.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, FixedOffset, NaiveDate, Offset, SubsecRound, TimeDelta, Utc};

/// China keeps one time, eight hours ahead of UTC, all year.
fn beijing() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| Utc.fix())
}

/// What time it is, in Beijing time to the microsecond (as Postgres keeps it, so that a stored instant compares equal).
/// Cheap to clone; clones tell the same time.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    /// The system's time and a constant: it ticks.
    Shifted(TimeDelta),
    /// Stands until a [`Hand`] moves it.
    Held(Arc<Mutex<DateTime<FixedOffset>>>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that reads `start` now and ticks on from there (`QUANXUE_NOW`).
    pub fn starting_at(start: DateTime<FixedOffset>) -> Self {
        Self(Source::Shifted(start.signed_duration_since(system_time())))
    }

    /// A clock that stands at `at` until its hand is moved: for tests.
    pub fn held_at(at: DateTime<FixedOffset>) -> (Self, Hand) {
        let at = Arc::new(Mutex::new(at));
        (Self(Source::Held(Arc::clone(&at))), Hand(at))
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<FixedOffset> {
        let now = match &self.0 {
            Source::System => system_time(),
            Source::Shifted(by) => system_time() + *by,
            Source::Held(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.with_timezone(&beijing()).trunc_subsecs(6)
    }

    /// The present day in the county.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}

/// Moves a held clock.
#[derive(Debug, Clone)]
pub struct Hand(Arc<Mutex<DateTime<FixedOffset>>>);

impl Hand {
    /// Moves the clock to `at`.
    pub fn set(&self, at: DateTime<FixedOffset>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Moves the clock on by `by`.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn system_time() -> DateTime<FixedOffset> {
    Utc::now().with_timezone(&beijing())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn a_shifted_clock_starts_where_it_is_told_and_ticks_on() {
        let start = at("2026-09-14T08:00:00+08:00");
        let clock = Clock::starting_at(start);
        let first = clock.now();
        assert!(first - start < TimeDelta::seconds(5), "{first}");
        std::thread::sleep(std::time::Duration::from_millis(20));
        assert!(clock.now() - first >= TimeDelta::milliseconds(20));
    }

    #[test]
    fn the_day_is_beijings_whatever_zone_the_start_was_written_in() {
        assert_eq!(
            Clock::starting_at(at("2026-09-13T23:30:00Z")).today(),
            NaiveDate::from_ymd_opt(2026, 9, 14).unwrap()
        );
    }

    #[test]
    fn a_held_clock_moves_only_by_its_hand_and_its_clones_with_it() {
        let (clock, hand) = Clock::held_at(at("2026-12-31T23:59:00+08:00"));
        let clone = clock.clone();
        assert_eq!(clock.now(), at("2026-12-31T23:59:00+08:00"));
        hand.advance(TimeDelta::minutes(2));
        assert_eq!(clone.today(), NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
        hand.set(at("2026-09-14T08:00:00+08:00"));
        assert_eq!(clone.now(), at("2026-09-14T08:00:00+08:00"));
    }

    #[test]
    fn instants_keep_microseconds_and_no_more_as_postgres_does() {
        assert_eq!(Clock::system().now().timestamp_subsec_nanos() % 1000, 0);
    }
}
