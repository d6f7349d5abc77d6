//! Sets the papers of a job one by one and binds them into one PDF.

use std::collections::BTreeSet;

use ecow::EcoVec;
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::model::{Document, DocumentInfo};
use typst::syntax::FileId;
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, comemo};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fonts::{FontError, Fonts};
use crate::options::Options;
use crate::protocol::{Job, Typeset};
use crate::text;
use crate::world::{Paper, Sources};

/// How many jobs back a cached piece of layout may be before it is dropped.
const CACHE_AGE: usize = 5;

/// Fonts, templates and typst's library, read once.
pub struct Engine {
    library: LazyHash<Library>,
    fonts: Fonts,
    sources: Sources,
}

/// Why a job could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Fonts are missing or unreadable.
    #[error(transparent)]
    Fonts(#[from] FontError),
    /// The templates' folder is incomplete.
    #[error("templates: {0}")]
    Templates(String),
    /// No such template.
    #[error("no template named {0}")]
    Unknown(String),
    /// The job itself is wrong.
    #[error("{0}")]
    Job(&'static str),
    /// The template refused these facts.
    #[error("paper {paper}: {reason}")]
    Compile {
        /// Counted from one.
        paper: usize,
        /// typst's words.
        reason: String,
    },
    /// The pages could not be made a PDF/A.
    #[error("pdf: {0}")]
    Export(String),
}

impl Engine {
    /// # Errors
    /// Fonts or templates that are not there.
    pub fn new(options: &Options) -> Result<Self, Error> {
        let templates = crate::templates::all(options.templates.as_deref());
        let templates = templates.map_err(|error| Error::Templates(error.to_string()))?;
        Ok(Self {
            library: LazyHash::new(Library::default()),
            fonts: Fonts::load(&options.county_fonts, &options.fonts)?,
            sources: Sources::new(templates).map_err(Error::Templates)?,
        })
    }

    /// Sets all papers of a job; `progress` hears after each how many are done.
    ///
    /// # Errors
    /// See [`Error`]; nothing is kept of a job that fails.
    pub fn typeset(&mut self, job: &Job, mut progress: impl FnMut(usize)) -> Result<Typeset, Error> {
        let main = self.sources.main(&job.template).ok_or_else(|| Error::Unknown(job.template.clone()))?;
        let mut bound = Bound { warnings: self.fonts.left_out.clone(), ..Bound::default() };
        for (index, facts) in job.items.iter().enumerate() {
            self.add_paper(&mut bound, main, facts).map_err(|reason| Error::Compile { paper: index + 1, reason })?;
            comemo::evict(CACHE_AGE);
            progress(index + 1);
        }
        let Bound { pages, counts, info, missing, warnings } = bound;
        let info = info.ok_or(Error::Job("a job without papers"))?;
        let document = PagedDocument::new(pages, describe(info, job)?);
        let pdf = export(&document, job.items.len());
        comemo::evict(CACHE_AGE);
        Ok(Typeset { pdf: pdf?, pages: counts, missing: missing.into_iter().collect(), warnings })
    }

    fn add_paper(&self, bound: &mut Bound, main: FileId, facts: &Value) -> Result<(), String> {
        let facts = text::printable(facts, &|character| self.fonts.has(character), &mut bound.missing);
        let (library, fonts, sources) = (&self.library, &self.fonts, &self.sources);
        let data = Bytes::from_string(facts.to_string());
        let result = typst::compile::<PagedDocument>(&Paper { library, fonts, sources, main, data });
        // A county without its own fonts is not worth a word; each template asks for them first.
        let warnings = result.warnings.iter().filter(|warning| !warning.message.starts_with("unknown font family"));
        bound.warnings.extend(warnings.map(in_words));
        let document = result.output.map_err(|errors| errors.iter().map(in_words).collect::<Vec<_>>().join("; "))?;
        bound.counts.push(document.pages().len());
        bound.pages.extend(document.pages().iter().cloned());
        bound.info.get_or_insert_with(|| document.info().clone());
        Ok(())
    }
}

/// What has been set so far.
#[derive(Default)]
struct Bound {
    pages: EcoVec<Page>,
    counts: Vec<usize>,
    info: Option<DocumentInfo>,
    missing: BTreeSet<char>,
    warnings: Vec<String>,
}

/// The PDF's metadata; PDF/A demands a date.
fn describe(info: DocumentInfo, job: &Job) -> Result<DocumentInfo, Error> {
    let date = date(&job.date).ok_or(Error::Job("a job whose date is not YYYY-MM-DD"))?;
    let author = job.author.iter().map(Into::into).collect();
    Ok(DocumentInfo { title: Some(job.title.as_str().into()), author, date: Smart::Custom(Some(date)), ..info })
}

fn date(text: &str) -> Option<Datetime> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Datetime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn export(document: &PagedDocument, papers: usize) -> Result<Vec<u8>, Error> {
    let export = |errors: &mut dyn Iterator<Item = String>| Error::Export(errors.collect::<Vec<_>>().join("; "));
    let standards =
        PdfStandards::new(&[PdfStandard::A_2b]).map_err(|error| Error::Export(error.message().to_string()))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("quanxue".into())),
        standards,
        // Papers of one batch repeat the same elements, which tags would take for one.
        tagged: papers == 1,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| export(&mut errors.iter().map(in_words)))
}

fn in_words(diagnostic: &SourceDiagnostic) -> String {
    let hints = diagnostic.hints.iter().map(|hint| hint.v.as_str());
    std::iter::once(diagnostic.message.as_str()).chain(hints).collect::<Vec<_>>().join(", ")
}
