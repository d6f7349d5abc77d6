//! Reading workbooks through the real child process: the five rosters, and files that mean harm or are broken.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use quanxue::{
    domain::cells::{Cell, Encoding, Format, Workbook},
    sheets::{Reader, Thing, Unreadable},
};

fn reader() -> Reader {
    Reader::of(env!("CARGO_BIN_EXE_quanxue"))
}

fn roster(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters/chengkou").join(name)
}

async fn open(name: &str) -> Workbook {
    reader().read(&roster(name)).await.unwrap()
}

async fn refusal(bytes: &[u8]) -> Unreadable {
    reader().read_bytes(bytes).await.unwrap_err()
}

pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[tokio::test]
async fn the_five_rosters_are_read_whatever_they_are() {
    let household = open("household.xlsx").await;
    assert_eq!(household.format, Format::Xlsx);
    let sheet = &household.sheets[0];
    assert_eq!(sheet.name, "户籍适龄儿童");
    assert_eq!(sheet.rows.last().unwrap().number, 1205);
    assert_eq!(sheet.merges.len(), 1);
    assert_eq!(sheet.rows[2].cell(5), &Cell::from("公民身份号码"));
    assert!(matches!(sheet.rows[5].cell(4), Cell::Date(day) if day.to_string() == "2011-07-18"));
    assert!(matches!(sheet.rows[25].cell(5), Cell::Number(n) if *n > 5e17));

    assert_eq!(open("school.xlsx").await.sheets[0].rows.len(), 905);
    assert_eq!(open("absent.xlsx").await.sheets.len(), 15);

    let poverty = open("poverty.csv").await;
    assert_eq!(poverty.format, Format::Text(Encoding::Gb18030));
    assert_eq!(poverty.sheets[0].rows.len(), 101);
    assert_eq!(poverty.sheets[0].rows[1].cell(3), &Cell::from("\t500229201409020705"));

    let disability = open("disability.xls").await;
    assert_eq!(disability.format, Format::Xls);
    assert_eq!(disability.sheets[0].rows.len(), 16);
    assert_eq!(disability.sheets[0].rows[1].cell(1), &Cell::from("50022920200109707671"));
}

#[tokio::test]
async fn bytes_in_memory_are_read_like_a_file() {
    let bytes = std::fs::read(roster("school.xlsx")).unwrap();
    assert_eq!(reader().read_bytes(&bytes).await.unwrap(), open("school.xlsx").await);
}

#[tokio::test]
async fn a_hundred_megabytes_of_zeroes_are_refused_before_they_are_read() {
    let file = tempfile();
    file.1.set_len(100 << 20).unwrap();
    assert_eq!(reader().read(&file.0).await, Err(Unreadable::TooLarge(100)));
    std::fs::remove_file(file.0).unwrap();
    let few = vec![0u8; 4 << 20];
    assert_eq!(refusal(&few).await, Unreadable::NotAWorkbook(Thing::Unknown));
}

fn tempfile() -> (PathBuf, std::fs::File) {
    let path = std::env::temp_dir().join(format!("quanxue-zeroes-{}", std::process::id()));
    let file = std::fs::File::create(&path).unwrap();
    (path, file)
}

#[tokio::test]
async fn a_zip_bomb_is_refused_in_a_moment() {
    let sheet = vec![b' '; 300 << 20];
    let bomb = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &sheet)]);
    assert!(bomb.len() < 1 << 20);
    let start = Instant::now();
    assert_eq!(refusal(&bomb).await, Unreadable::Bomb);
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn what_is_no_workbook_gets_its_own_sentence() {
    let page = "<html><head><meta charset=\"gbk\"></head><body><table><tr><td>姓名</td></tr></table></body></html>";
    let encrypted: Vec<u8> = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
        .into_iter()
        .chain([0; 600])
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let word = zip(&[("[Content_Types].xml", b""), ("word/document.xml", b"")]);
    let others = zip(&[("a.xlsx", b""), ("b.xlsx", b"")]);
    let no = Unreadable::NotAWorkbook;
    for (bytes, expected) in [
        (page.as_bytes(), no(Thing::Html)),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html><p>", no(Thing::Html)),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>", no(Thing::Xml)),
        (b"%PDF-1.7 ...", no(Thing::Pdf)),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", no(Thing::Picture)),
        (&word, no(Thing::Word)),
        (&others, no(Thing::Archive)),
        (&encrypted, Unreadable::Encrypted),
        (b"", Unreadable::Empty),
        (b"\r\n \r\n", Unreadable::Empty),
        (b"\xff\xff\xff\xff\xfe\xfd,\x80\x80", Unreadable::Encoding),
        (b"PK\x03\x04 and no more", Unreadable::Damaged),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", no(Thing::Unknown)),
    ] {
        assert_eq!(refusal(bytes).await, expected, "{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(20)]));
    }
    assert_eq!(reader().read(Path::new("/no/such/file.xlsx")).await, Err(Unreadable::NoFile));
}

#[tokio::test]
async fn a_truncated_workbook_is_damaged_at_whatever_byte() {
    let whole = std::fs::read(roster("absent.xlsx")).unwrap();
    let compound = std::fs::read(roster("disability.xls")).unwrap();
    for part in [100, 3000, whole.len() - 30] {
        assert_eq!(refusal(&whole[..part]).await, Unreadable::Damaged, "xlsx cut at {part}");
    }
    for part in [100, 600, 3000] {
        assert!(
            matches!(refusal(&compound[..part]).await, Unreadable::Damaged | Unreadable::NotAWorkbook(_)),
            "xls cut at {part}"
        );
    }
}

#[tokio::test]
async fn one_cell_in_the_last_corner_costs_no_memory() {
    let sheet = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#;
    let book = reader().read_bytes(&minimal(sheet)).await.unwrap();
    let rows = &book.sheets[0].rows;
    assert_eq!(rows.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 1_048_576]);
    assert_eq!(rows[1].cell(16_383), &Cell::Number(2.0));
}

#[tokio::test]
async fn too_many_rows_are_refused() {
    let mut rows = String::new();
    for r in 1..=200_001 {
        write!(rows, "<row r=\"{r}\"><c r=\"A{r}\"><v>{}</v></c></row>", r * 7919 % 100_003).unwrap();
    }
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    );
    assert_eq!(refusal(&minimal(sheet.as_bytes())).await, Unreadable::TooManyRows);
}

#[tokio::test]
async fn a_workbook_that_wants_all_the_memory_loses_its_child_and_nothing_else() {
    // One cell of a true xls moved to its last corner: sixteen million cells for nothing.
    let mut bytes = std::fs::read(roster("disability.xls")).unwrap();
    let cell = [0xfd, 0, 0x0a, 0, 15, 0, 6, 0];
    let at = bytes.windows(cell.len()).position(|window| window == cell).unwrap();
    bytes[at + 4..at + 8].copy_from_slice(&[0xff, 0xff, 0xff, 0]);
    assert_eq!(refusal(&bytes).await, Unreadable::TooMuchMemory);
}

#[tokio::test]
async fn an_xls_with_bytes_changed_is_read_or_refused_whatever_it_asks_for() {
    let whole = std::fs::read(roster("disability.xls")).unwrap();
    let mut seed = 20_260_914u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..=next(12) {
            bytes[next(whole.len())] = u8::try_from(next(256)).unwrap();
        }
        let read = reader().within(Duration::from_secs(30)).read_bytes(&bytes).await;
        assert!(!matches!(read, Err(Unreadable::NotStarted | Unreadable::TooSlow)), "{read:?}");
    }
}

#[tokio::test]
async fn a_child_past_its_time_is_killed() {
    let slow = reader().within(Duration::from_millis(1));
    assert_eq!(slow.read(&roster("household.xlsx")).await, Err(Unreadable::TooSlow));
    assert_eq!(Reader::of("/no/such/program").read(&roster("household.xlsx")).await, Err(Unreadable::NotStarted));
}

/// The smallest xlsx around one sheet.
fn minimal(sheet: &[u8]) -> Vec<u8> {
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relation = |kind: &str, target: &str| {
        let one = format!(r#"<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>"#);
        format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{one}</Relationships>"#)
    };
    let sheets = r#"<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>"#;
    let book = format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>"#);
    zip(&[
        ("[Content_Types].xml", format!(r#"<Types xmlns="{PACKAGE}/content-types"/>"#).as_bytes()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}
