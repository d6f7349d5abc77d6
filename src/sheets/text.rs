//! Text with separators, its rows numbered as a spreadsheet would number them (blank lines count, quoted breaks do not).

use super::{Unreadable, decode, limits::Budget};
use crate::domain::cells::{Cell, Format, Sheet, SheetRow, TEXT_SHEET, Workbook};

/// Reads the one sheet of a text file.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let (text, encoding) = decode::decode(bytes)?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let rows = rows(&text, separator(&text))?;
    let sheet = Sheet { name: TEXT_SHEET.to_owned(), rows, merges: Vec::new() };
    Ok(Workbook { format: Format::Text(encoding), sheets: vec![sheet] })
}

/// The separator that the first lines use most.
fn separator(text: &str) -> char {
    let mut counts = [(',', 0), ('\t', 0), (';', 0), ('|', 0)];
    let mut quoted = false;
    for c in text.lines().take(50).flat_map(str::chars) {
        quoted ^= c == '"';
        if let (false, Some((_, n))) = (quoted, counts.iter_mut().find(|(s, _)| *s == c)) {
            *n += 1;
        }
    }
    // Of two that are used alike the earlier wins.
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map_or(',', |(s, _)| s)
}

fn rows(text: &str, separator: char) -> Result<Vec<SheetRow>, Unreadable> {
    let mut budget = Budget::new();
    let mut rows = Vec::new();
    let mut rest = text;
    let mut number = 0;
    while !rest.is_empty() {
        number += 1;
        let mut cells = Vec::new();
        rest = record(rest, separator, &mut cells);
        while cells.last() == Some(&Cell::Empty) {
            cells.pop();
        }
        if !cells.is_empty() {
            budget.row()?;
            budget.cells(cells.len())?;
            rows.push(SheetRow { number, cells });
        }
    }
    Ok(rows)
}

/// Takes one record off the front.
fn record<'a>(mut rest: &'a str, separator: char, cells: &mut Vec<Cell>) -> &'a str {
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(open) => quoted(open, separator),
            None => plain(rest, separator),
        };
        cells.push(if field.is_empty() { Cell::Empty } else { Cell::Text(field) });
        match after.strip_prefix(separator) {
            Some(next) => rest = next,
            None => return after.strip_prefix('\n').unwrap_or(after),
        }
    }
}

/// A field without quotes ends at the separator or the line.
fn plain(text: &str, separator: char) -> (String, &str) {
    let end = text.find([separator, '\n']).unwrap_or(text.len());
    let (field, rest) = text.split_at(end);
    (field.to_owned(), rest)
}

/// A quoted field: two quotes are one; what follows the closing quote belongs to it, as spreadsheets read it.
fn quoted(mut text: &str, separator: char) -> (String, &str) {
    let mut field = String::new();
    while let Some((before, after)) = text.split_once('"') {
        field.push_str(before);
        let Some(next) = after.strip_prefix('"') else {
            let (tail, rest) = plain(after, separator);
            field.push_str(&tail);
            return (field, rest);
        };
        field.push('"');
        text = next;
    }
    field.push_str(text);
    (field, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cells::Encoding;
    use proptest::prelude::*;

    fn shown(book: &Workbook) -> Vec<(u32, Vec<String>)> {
        book.sheets[0].rows.iter().map(|r| (r.number, r.cells.iter().map(Cell::shown).collect())).collect()
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        let book = read("姓名,备注\r\n\r\n张三,\"两行\r\n一格\"\r\n李四,\"说\"\"好\"\"\"\r\n".as_bytes()).unwrap();
        let expected: Vec<(u32, Vec<&str>)> =
            vec![(1, vec!["姓名", "备注"]), (3, vec!["张三", "两行\n一格"]), (4, vec!["李四", "说\"好\""])];
        let got = shown(&book);
        assert_eq!(got.len(), 3);
        for ((n, cells), (m, wanted)) in got.iter().zip(expected) {
            assert_eq!((*n, cells.iter().map(String::as_str).collect::<Vec<_>>()), (m, wanted));
        }
    }

    #[test]
    fn encodings_and_separators_are_told_by_content() {
        let text = "姓名\t号码\n张㛃\t1\n";
        let gb = encoding_rs::GB18030.encode(text).0.into_owned();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.iter().copied()).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (bom, Encoding::Utf8),
            (gb, Encoding::Gb18030),
            (utf16, Encoding::Utf16),
            (marked, Encoding::Utf16),
            (big, Encoding::Utf16),
        ] {
            let book = read(&bytes).unwrap();
            assert_eq!(book.format, Format::Text(encoding));
            assert_eq!(shown(&book)[1].1, ["张㛃", "1"]);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_with_quotes_is_read_back(cells in prop::collection::vec(prop::collection::vec("[a-z\",;\n\t张]{1,6}", 1..5), 1..8)) {
            let quote = |c: &String| format!("\"{}\"", c.replace('"', "\"\""));
            let text: String = cells.iter().map(|row| row.iter().map(quote).collect::<Vec<_>>().join(",") + "\n").collect();
            let read = rows(&text, ',').unwrap();
            let got: Vec<Vec<String>> = read.iter().map(|r| r.cells.iter().map(Cell::shown).collect()).collect();
            prop_assert_eq!(got, cells);
            prop_assert!(read.iter().enumerate().all(|(i, r)| r.number as usize == i + 1));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }
    }
}
