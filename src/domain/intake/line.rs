//! One row while it is read: its cells by field, and what is found wrong or put right on the way.

use super::{Context, Fault, FaultCode, Note, NoteCode, Refused, field::Field, heading::Columns};
use crate::domain::{
    cells::{Cell, SheetRow},
    daytext, idno,
    ids::UnitId,
    names, phone, spelling,
};

/// What the titles above the headings settle for a whole sheet.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Titled {
    /// The one township they name.
    pub(super) township: Option<UnitId>,
    /// The one school they name.
    pub(super) school: Option<UnitId>,
}

/// A word that is in no list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strange;

/// One row of one sheet.
pub(super) struct Line<'a> {
    pub(super) context: Context<'a>,
    pub(super) titled: Titled,
    pub(super) sheet: &'a str,
    pub(super) row: &'a SheetRow,
    pub(super) columns: &'a Columns,
    pub(super) faults: Vec<Fault>,
    pub(super) notes: Vec<Note>,
}

impl Line<'_> {
    /// The cell of a field; of a column that is not there, an empty one.
    pub(super) fn cell(&self, field: Field) -> &Cell {
        const NOTHING: &Cell = &Cell::Empty;
        self.columns.at(field).map_or(NOTHING, |at| self.row.cell(at))
    }

    /// The text of a field in plain characters; none when there is nothing or a word for nothing.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        let text = spelling::plain(&self.cell(field).shown());
        let text = text.trim_matches(['\'', '‘', '’']).trim();
        (!spelling::says_none(&spelling::tight(text))).then(|| text.to_owned())
    }

    /// The same without any blank, for words of a closed list.
    pub(super) fn word(&self, field: Field) -> Option<String> {
        self.text(field).map(|text| spelling::tight(&text))
    }

    pub(super) fn fault(&mut self, field: Field, code: FaultCode, message: impl Into<String>) {
        let at = self.columns.at(field);
        self.faults.push(Fault {
            sheet: self.sheet.to_owned(),
            row: self.row.number,
            column: self.heading(at),
            at,
            code,
            message: message.into(),
        });
    }

    pub(super) fn note(&mut self, field: Field, code: NoteCode, message: impl Into<String>) {
        let column = self.heading(self.columns.at(field));
        let (sheet, row) = (self.sheet.to_owned(), self.row.number);
        self.notes.push(Note { sheet, row, column, code, message: message.into() });
    }

    fn heading(&self, at: Option<usize>) -> String {
        at.and_then(|at| self.columns.headings.get(at)).cloned().unwrap_or_default()
    }

    /// The telephone numbers of a field, put right; what cannot be read is left blank, which refuses nothing.
    pub(super) fn phones(&mut self, field: Field) -> Vec<String> {
        let shown = self.cell(field).shown();
        let Ok(numbers) = phone::read(&shown) else {
            self.note(field, NoteCode::LeftBlank, format!("{}；这一格按空白收下", phone::NoPhone));
            return Vec::new();
        };
        if matches!(self.cell(field), Cell::Number(_)) {
            self.note(field, NoteCode::PhoneAsNumber, "电话是数字格式，已按号码收下");
        } else if numbers.len() > 1 {
            self.note(field, NoteCode::PhoneSeveral, "一格里有两个电话，都已收下");
        } else if numbers.first().is_some_and(|n| *n != shown) {
            self.note(field, NoteCode::PhoneSeparators, "电话里的空格、横线等已去掉");
        }
        numbers
    }

    /// A value of a closed list that refuses nothing: unknown words are left blank and noted.
    pub(super) fn listed<T>(&mut self, field: Field, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.listed_or_none(field, |word| read(word).map(Some).ok_or(Strange))
    }

    /// The same for a list in which a word, such as 否, stands for no value.
    pub(super) fn listed_or_none<T>(
        &mut self,
        field: Field,
        read: impl Fn(&str) -> Result<Option<T>, Strange>,
    ) -> Option<T> {
        let word = self.word(field)?;
        read(&word).unwrap_or_else(|Strange| {
            self.note(field, NoteCode::LeftBlank, format!("“{word}”看不懂，这一格按空白收下"));
            None
        })
    }

    /// What can be read of a row that is refused.
    pub(super) fn refused(&self, code: FaultCode) -> Refused {
        let number = match self.cell(Field::IdNumber) {
            Cell::Text(text) => Some(idno::normalise(text)).filter(|n| !n.is_empty()),
            _ => None,
        };
        Refused {
            sheet: self.sheet.to_owned(),
            row: self.row.number,
            code,
            name: names::read(&self.cell(Field::Name).shown()).ok().map(|n| n.text),
            born: daytext::read(self.cell(Field::Born)).ok().map(|d| d.day),
            number,
            roll_number: self.text(Field::RollNumber).map(|n| idno::normalise(&n).to_uppercase()),
        }
    }
}
