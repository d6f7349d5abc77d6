//! Sets papers in the child process: started for the first paper, started again after a crash, ended when idle.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use tokio::process::Command;
use tokio::sync::Mutex;

use super::PaperTemplate;
use super::child::{Answer, Job, Running};

/// The program's name, beside the main one.
const PROGRAM: &str = "quanxue-typeset";

/// Where the typesetter is and how long it may take.
#[derive(Debug, Clone)]
pub struct TypesetterSettings {
    /// `QUANXUE_TYPESET`; else it is looked for beside the running program.
    pub program: Option<PathBuf>,
    /// Folder of a county's own fonts, before all others; it need not exist.
    pub county_fonts: PathBuf,
    /// `QUANXUE_FONTS`; empty for the folders that `bin/fonts` and Debian's packages fill.
    pub fonts: Vec<PathBuf>,
    /// How long one paper may take.
    pub time_limit: Duration,
    /// After how long without work the child is ended.
    pub idle_limit: Duration,
}

impl TypesetterSettings {
    /// The usual limits, with the county's fonts in `fonts` of the data folder.
    pub fn in_data(data: &Path) -> Self {
        Self {
            program: None,
            county_fonts: data.join("fonts"),
            fonts: Vec::new(),
            time_limit: Duration::from_secs(30),
            idle_limit: Duration::from_mins(5),
        }
    }
}

/// A finished PDF/A-2b.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedPdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// All its pages.
    pub pages: usize,
    /// The pages of each paper in it, in the order asked for.
    pub pages_each: Vec<usize>,
    /// Characters that no font has; each is printed as an empty box, to be filled in by hand.
    pub missing: Vec<char>,
}

/// Why there is no PDF. The words are for the log.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// The program is not there, or cannot run.
    #[error("the typesetter does not start: {0}")]
    NotStarted(String),
    /// It ended, or spoke nonsense, in the middle of a job.
    #[error("the typesetter broke off: {0}")]
    Broken(String),
    /// It gave no sign of life for this long, and was killed.
    #[error("the typesetter took longer than {0:?}")]
    TooSlow(Duration),
    /// It will not set these facts, or lacks its fonts; it is ready for others.
    #[error("the typesetter refused: {0}")]
    Refused(String),
    /// Facts that cannot be a paper's, and why.
    #[error("not a paper's facts: {0}")]
    Facts(&'static str),
}

/// Sets papers, one after another; batches have a child of their own, so that nobody waits for them.
#[derive(Debug, Clone)]
pub struct Typesetter {
    settings: Arc<TypesetterSettings>,
    single: Arc<Slot>,
    batch: Arc<Slot>,
}

/// A child, while there is one, and how many jobs it was asked for.
#[derive(Debug, Default)]
struct Slot {
    running: Mutex<Option<Running>>,
    uses: AtomicU64,
}

impl Typesetter {
    /// Starts nothing yet.
    pub fn new(settings: TypesetterSettings) -> Self {
        Self { settings: Arc::new(settings), single: Arc::default(), batch: Arc::default() }
    }

    /// Sets one paper.
    ///
    /// # Errors
    /// See [`TypesetError`].
    pub async fn render(&self, template: PaperTemplate, facts: &Value) -> Result<RenderedPdf, TypesetError> {
        let job = job(template, std::slice::from_ref(facts))?;
        self.set(&self.single, &job, &mut |_| {}).await
    }

    /// Sets many papers of one kind into one PDF; `progress` hears after each how many are done.
    ///
    /// # Errors
    /// See [`TypesetError`]; one paper that is refused refuses the batch, and the error says which.
    pub async fn render_many(
        &self,
        template: PaperTemplate,
        facts: &[Value],
        mut progress: impl FnMut(usize) + Send,
    ) -> Result<RenderedPdf, TypesetError> {
        let job = job(template, facts)?;
        self.set(&self.batch, &job, &mut progress).await
    }

    async fn set(
        &self,
        slot: &Arc<Slot>,
        job: &Job,
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<RenderedPdf, TypesetError> {
        let mut place = slot.running.lock().await;
        // Taken out, so that whoever gives up waiting leaves no child behind in the middle of an answer.
        let kept = place.take();
        let was_kept = kept.is_some();
        let mut running = kept.map_or_else(|| self.start(), Ok)?;
        let mut result = running.run(job, self.settings.time_limit, progress).await;
        if was_kept && matches!(result, Err(TypesetError::Broken(_))) {
            // It may have died between two jobs; this one deserves a child that lives.
            running = self.start()?;
            result = running.run(job, self.settings.time_limit, progress).await;
        }
        if matches!(result, Ok(_) | Err(TypesetError::Refused(_))) {
            *place = Some(running);
            self.end_when_idle(slot);
        }
        result.map(|answer| rendered(answer, job))
    }

    fn start(&self) -> Result<Running, TypesetError> {
        let program = self.settings.program.clone().or_else(beside_this_program).ok_or_else(|| {
            TypesetError::NotStarted(format!("no {PROGRAM} beside the program; build it or set QUANXUE_TYPESET"))
        })?;
        let mut command = Command::new(program);
        command.arg("--county-fonts").arg(&self.settings.county_fonts);
        for folder in &self.settings.fonts {
            command.arg("--fonts").arg(folder);
        }
        Running::start(command)
    }

    fn end_when_idle(&self, slot: &Arc<Slot>) {
        let (slot, limit) = (Arc::clone(slot), self.settings.idle_limit);
        let use_number = slot.uses.fetch_add(1, Ordering::Relaxed) + 1;
        tokio::spawn(async move {
            tokio::time::sleep(limit).await;
            let mut place = slot.running.lock().await;
            if slot.uses.load(Ordering::Relaxed) == use_number
                && let Some(running) = place.take()
            {
                running.end().await;
            }
        });
    }
}

/// Beside the running program, or one folder up, where a test finds what was built for the program.
fn beside_this_program() -> Option<PathBuf> {
    let this = std::env::current_exe().ok()?;
    this.ancestors().skip(1).take(2).map(|folder| folder.join(PROGRAM)).find(|path| path.is_file())
}

/// A PDF carries title, author and day: those of the first paper.
fn job(template: PaperTemplate, facts: &[Value]) -> Result<Job, TypesetError> {
    let text = |facts: &Value, pointer: &str| {
        facts.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let first = facts.first().ok_or(TypesetError::Facts("there are none"))?;
    let date = text(first, "/imprint/printed_on").or_else(|| text(first, "/date"));
    let title = text(first, "/title").unwrap_or_else(|| template.title().to_owned()).replace('\n', "");
    let titled = |facts: &Value| {
        let mut facts = facts.clone();
        if text(&facts, "/title").is_none() {
            facts.as_object_mut()?.insert("title".to_owned(), template.title().into());
        }
        facts.is_object().then_some(facts)
    };
    Ok(Job {
        template: template.name(),
        title,
        author: text(first, "/issuer"),
        date: date.ok_or(TypesetError::Facts("the first has no day: neither imprint.printed_on nor date"))?,
        items: facts.iter().map(titled).collect::<Option<_>>().ok_or(TypesetError::Facts("one is no object"))?,
    })
}

fn rendered(answer: Answer, job: &Job) -> RenderedPdf {
    let Answer { pdf, pages: pages_each, missing, warnings } = answer;
    for warning in warnings {
        tracing::warn!(template = job.template, warning, "typesetter");
    }
    RenderedPdf { bytes: pdf, pages: pages_each.iter().sum(), pages_each, missing }
}
