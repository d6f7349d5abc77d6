//! How cells look and are written: ids as text, nothing that a spreadsheet could take for a formula.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDateTime, Timelike};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::domain::{cells::Cell, spelling};

/// A workbook that could not be written: a fault of ours, shown as an internal error.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written: {0}")]
pub struct Unwritable(#[from] XlsxError);

/// Who took a list out and when, in local time; printed on every page and under every table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Name and unit.
    pub who: String,
    /// Local time of the county.
    pub when: NaiveDateTime,
    /// What for, where that was asked.
    pub why: Option<String>,
}

impl Mark {
    /// `导出：某某 2026年9月14日 08:00　用途：报县教委`
    pub fn line(&self) -> String {
        let (day, time) = (self.when.date(), self.when.time());
        let day = format!("{}年{}月{}日", day.year(), day.month(), day.day());
        let why = self.why.as_deref().map(|why| format!("　用途：{why}")).unwrap_or_default();
        format!("导出：{} {day} {:02}:{:02}{why}", self.who, time.hour(), time.minute())
    }

    /// The mark at the foot of every printed page; `&` would be a command there.
    pub(super) fn footer(&self) -> String {
        format!("&L{}&R第&P页，共&N页", self.line().replace('&', "&&"))
    }
}

/// The looks in use.
#[derive(Debug)]
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    pub(super) number: Format,
    pub(super) date: Format,
    pub(super) wrong: Format,
    pub(super) reason: Format,
    pub(super) small: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        Self {
            title: Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center),
            heading: cell().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_num_format("@"),
            text: cell().set_text_wrap().set_num_format("@"),
            number: cell(),
            date: cell().set_num_format("yyyy-mm-dd"),
            wrong: cell()
                .set_text_wrap()
                .set_num_format("@")
                .set_background_color(0x00FF_C7CE)
                .set_font_color(0x009C_0006),
            reason: cell().set_text_wrap().set_font_color(0x009C_0006),
            small: Format::new().set_font_size(9).set_font_color(0x0059_5959),
        }
    }

    /// Writes one cell; text stays text and a long number becomes it, so that no digit is lost.
    pub(super) fn put(&self, sheet: &mut Worksheet, at: (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
        let (row, column) = at;
        match cell {
            Cell::Empty => sheet.write_blank(row, column, &self.text)?,
            Cell::Number(n) if n.is_finite() && n.abs() < 1e11 => {
                sheet.write_number_with_format(row, column, *n, &self.number)?
            }
            Cell::Date(day) => sheet.write_date_with_format(row, column, day, &self.date)?,
            Cell::Text(_) | Cell::Number(_) | Cell::Bool(_) => {
                sheet.write_string_with_format(row, column, safe(&cell.shown()), &self.text)?
            }
        };
        Ok(())
    }
}

/// Text that no spreadsheet takes for a formula, cut at what a cell holds.
///
/// Cells are typed as text already; the apostrophe guards whoever saves the list as CSV. Reading it again drops it.
pub(super) fn safe(text: &str) -> String {
    const LONGEST: usize = 32_000;
    let cut: String = text.chars().take(LONGEST).collect();
    let risky = cut.starts_with(['\t', '\r', '\n'])
        || cut.chars().next().map(spelling::half).is_some_and(|c| matches!(c, '=' | '+' | '-' | '@'));
    let harmless = cut.chars().all(|c| matches!(c, '-' | '—' | '－'));
    if risky && !harmless { format!("'{cut}") } else { cut }
}

/// Names for tabs: at most 31 characters, none that is forbidden, each once.
#[derive(Debug, Default)]
pub(super) struct Tabs(HashSet<String>);

impl Tabs {
    pub(super) fn name(&mut self, wanted: &str) -> String {
        let forbidden = |c: char| matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') || c.is_control();
        let plain: String = wanted.chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
        let plain = plain.trim();
        let plain = if plain.is_empty() { "Sheet" } else { plain };
        for n in 1u32.. {
            let tail = if n == 1 { String::new() } else { format!("({n})") };
            let room = 31 - tail.encode_utf16().count();
            let name = format!("{}{tail}", within(plain, room));
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
        }
        plain.to_owned()
    }
}

/// As much of a text as takes so many units of UTF-16, in which spreadsheets count.
fn within(text: &str, room: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.len_utf16();
        used > room
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// The width of a column for its longest text; Chinese characters take two.
pub(super) fn width<'a>(texts: impl Iterator<Item = &'a str>) -> f64 {
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1u16 } else { 2 }).fold(0u16, u16::saturating_add);
    let longest = texts.map(wide).max().unwrap_or(0);
    f64::from(longest.clamp(6, 40)) + 2.0
}

/// A column's number as the writer wants it; what lies beyond a sheet's last column is not written.
pub(super) fn column(at: usize) -> Option<u16> {
    u16::try_from(at).ok().filter(|at| *at < 16_384)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_can_be_a_formula() {
        for text in ["=1+1", "+86", "-1", "@x", "\t5002", "＝cmd", "＋1"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
        for text in ["张三", "-", "——", "", "500229"] {
            assert_eq!(safe(text), text);
        }
    }

    #[test]
    fn the_mark_says_who_and_when() {
        let when = "2026-09-14T08:05:00".parse().unwrap();
        let mark = Mark { who: "甲&乙".into(), when, why: None };
        assert_eq!(mark.line(), "导出：甲&乙 2026年9月14日 08:05");
        assert!(mark.footer().contains("甲&&乙"));
    }

    proptest! {
        #[test]
        fn every_tab_gets_a_lawful_name_of_its_own(wanted in prop::collection::vec(".{0,40}", 1..12)) {
            let mut tabs = Tabs::default();
            let mut book = rust_xlsxwriter::Workbook::new();
            for name in wanted {
                let sheet = book.add_worksheet().set_name(tabs.name(&name)).map(|_| ());
                prop_assert!(sheet.is_ok(), "{:?}", sheet);
            }
            prop_assert!(book.save_to_buffer().is_ok());
        }
    }
}
