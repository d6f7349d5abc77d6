//! How each paper looks, against pictures a person has looked at; its fonts, sheets and standard.

use std::path::Path;

use image::GrayImage;
use quanxue::papers::data::{Choice, Imprint, PersuasionNotice, VisitRecord};
use quanxue::papers::{Paper, PaperTemplate};
use serde_json::Value;

use crate::papers::pdf::Pdf;
use crate::papers::rosters::absence_roster;
use crate::papers::{all_samples, samples, set_facts};

/// Share of pixels that may differ: what another version of poppler smooths otherwise, not a line that moved.
const TOLERANCE: f64 = 0.005;

/// A difference in grey that an eye sees.
const VISIBLE: u8 = 48;

fn difference(one: &GrayImage, other: &GrayImage) -> f64 {
    if one.dimensions() != other.dimensions() {
        return 1.0;
    }
    let differing = one.pixels().zip(other.pixels()).filter(|(a, b)| a.0[0].abs_diff(b.0[0]) > VISIBLE).count();
    f64::from(u32::try_from(differing).unwrap()) / f64::from(one.width() * one.height())
}

/// Compares with the picture of that name; what differs is kept beside the build for a person to look at.
fn looks_otherwise(name: &str, seen: &GrayImage) -> Option<String> {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    let known = checkout.join("tests/golden").join(name);
    let differs = image::open(&known).map_or(1.0, |picture| difference(&picture.into_luma8(), seen));
    if differs <= TOLERANCE {
        return None;
    }
    let kept = checkout.join("target/golden").join(name);
    std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
    seen.save(&kept).unwrap();
    let (share, kept, known) = (differs * 100.0, kept.display(), known.display());
    Some(format!("{share:.2} % of {name} differ. Look at {kept}; if it is right, copy it over {known}"))
}

/// Sheets that a paper is meant to take.
fn sheets(template: PaperTemplate) -> usize {
    match template {
        PaperTemplate::CountyReferral | PaperTemplate::CheckRoster => 2,
        PaperTemplate::Dossier => 3,
        _ => 1,
    }
}

fn assert_archivable(pdf: &Pdf, template: PaperTemplate) {
    let fonts = pdf.fonts();
    assert!(!fonts.is_empty() && fonts.iter().all(|(_, embedded)| *embedded), "{fonts:?}");
    let metadata = pdf.metadata();
    assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{metadata}");
    let info = pdf.info();
    assert!(info.contains("Tagged:          yes") && info.contains(template.title()), "{info}");
}

async fn assert_paper_looks_like(name: &str, template: PaperTemplate, facts: &Value) {
    let rendered = set_facts(template, facts).await;
    assert_eq!(rendered.pages, sheets(template), "{name}");
    assert!(rendered.missing.is_empty(), "{name}");
    let pdf = Pdf::new(&rendered);
    assert_archivable(&pdf, template);
    let otherwise = |page| looks_otherwise(&format!("{name}-{page}.png"), &pdf.picture(page));
    let faults: Vec<String> = (1..=rendered.pages).filter_map(otherwise).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn every_paper_is_archivable_on_its_sheets_and_looks_as_it_did() {
    let mut faults = Vec::new();
    for (template, facts) in all_samples() {
        let look = tokio::spawn(async move { assert_paper_looks_like(template.name(), template, &facts).await });
        faults.extend(look.await.err().map(|_| template));
    }
    assert!(faults.is_empty(), "{faults:?}");
}

#[tokio::test]
async fn blank_papers_look_as_they_did() {
    let imprint = Imprint { printed_on: Some(samples::day(10, 12)), ..Imprint::default() };
    let visit = VisitRecord {
        imprint: imprint.clone(),
        outcomes: Choice::one_of(["同意返校", "犹豫", "拒绝", "未见到学生"], None),
        methods: Choice::one_of(["入户", "电话", "视频", "到务工地", "来校来访"], None),
        ..VisitRecord::default()
    };
    assert_paper_looks_like("visit-record-blank", PaperTemplate::VisitRecord, &visit.facts().unwrap()).await;
    let notice = PersuasionNotice { imprint, ..PersuasionNotice::default() };
    assert_paper_looks_like("persuasion-notice-blank", PaperTemplate::PersuasionNotice, &notice.facts().unwrap()).await;
    let roster = absence_roster(0, 10).facts().unwrap();
    assert_paper_looks_like("absence-roster-blank", PaperTemplate::AbsenceRoster, &roster).await;
}

#[tokio::test]
async fn marked_papers_look_as_they_did() {
    let mut notice = samples::deadline_notice();
    notice.imprint.duplicate = true;
    notice.imprint.void = true;
    assert_paper_looks_like("deadline-notice-void", PaperTemplate::DeadlineNotice, &notice.facts().unwrap()).await;
}

#[test]
fn a_moved_line_is_seen() {
    let known = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/deadline-notice-1.png");
    let picture = image::open(known).unwrap().into_luma8();
    let (width, height) = picture.dimensions();
    let moved = GrayImage::from_fn(width, height, |x, y| *picture.get_pixel(x, if y < height / 2 { y } else { y - 3 }));
    assert!(difference(&picture, &moved) > TOLERANCE);
}
