//! Every paper, set by the real typesetter and read back with poppler.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod hostile;
mod look;
pub mod pdf;
mod process;
mod rosters;
mod samples;
mod words;

use std::path::{Path, PathBuf};
use std::time::Duration;

use quanxue::papers::{Paper, PaperTemplate, RenderedPdf, Typesetter, TypesetterSettings};
use serde_json::Value;

/// The settings every test starts from: fonts as `bin/fonts` collects them, no county's own.
fn settings() -> TypesetterSettings {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    TypesetterSettings {
        program: Some(program()),
        county_fonts: checkout.join("var/no-county-fonts"),
        fonts: vec![checkout.join("var/fonts")],
        time_limit: Duration::from_mins(1),
        idle_limit: Duration::from_mins(1),
    }
}

fn program() -> PathBuf {
    let path = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("quanxue-typeset");
    assert!(path.is_file(), "{} is not built: cargo build --workspace", path.display());
    path
}

/// Sets one paper. Where fonts are missing, the test fails with the typesetter's own words: `run bin/fonts`.
async fn set<P: Paper>(paper: &P) -> RenderedPdf {
    set_facts(P::TEMPLATE, &paper.facts().unwrap()).await
}

async fn set_facts(template: PaperTemplate, facts: &Value) -> RenderedPdf {
    Typesetter::new(settings()).render(template, facts).await.unwrap_or_else(|error| panic!("{template:?}: {error}"))
}

/// A filled paper of each kind.
fn all_samples() -> Vec<(PaperTemplate, Value)> {
    fn sample<P: Paper>(paper: &P) -> (PaperTemplate, Value) {
        (P::TEMPLATE, paper.facts().unwrap())
    }
    let samples = vec![
        sample(&samples::visit_record()),
        sample(&samples::persuasion_notice()),
        sample(&samples::deadline_notice()),
        sample(&samples::service_receipt()),
        sample(&samples::commitment()),
        sample(&samples::return_receipt()),
        sample(&samples::county_referral()),
        sample(&rosters::check_roster(18)),
        sample(&rosters::absence_roster(9, 0)),
        sample(&samples::dossier()),
    ];
    assert_eq!(samples.iter().map(|(template, _)| *template).collect::<Vec<_>>(), PaperTemplate::ALL);
    samples
}
