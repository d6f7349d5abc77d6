//! The child process: batches, crashes, a child that hangs, one that idles, a county's own fonts.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use quanxue::papers::{Paper, PaperTemplate, TypesetError, Typesetter, TypesetterSettings};
use serde_json::Value;

use crate::papers::pdf::Pdf;
use crate::papers::{program, samples, settings};

/// A folder of its own for each test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quanxue-papers-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A program that runs this shell script.
    fn script(&self, text: &str) -> PathBuf {
        let path = self.0.join("typeset");
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// The real program, noting the id of each process it becomes.
    fn noting_program(&self) -> PathBuf {
        let pids = self.0.join("pids");
        self.script(&format!("echo $$ >>{}\nexec {} \"$@\"", pids.display(), program().display()))
    }

    fn pids(&self) -> Vec<String> {
        std::fs::read_to_string(self.0.join("pids")).unwrap().lines().map(str::to_owned).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn lives(pid: &str) -> bool {
    // A process that has ended but was not yet waited for is a Z.
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

async fn until_ended(pid: &str) {
    for _ in 0..200 {
        if !lives(pid) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{pid} still lives");
}

fn commitment() -> Value {
    samples::commitment().facts().unwrap()
}

#[tokio::test]
async fn a_batch_is_one_pdf_and_tells_how_far_it_is() {
    let facts: Vec<Value> = (0..12)
        .map(|n| {
            let mut notice = samples::deadline_notice();
            notice.imprint.reference = Some(format!("左岚府复通〔2026〕{n}号"));
            notice.facts().unwrap()
        })
        .collect();
    let mut told = Vec::new();
    let typesetter = Typesetter::new(settings());
    let rendered = typesetter.render_many(PaperTemplate::DeadlineNotice, &facts, |done| told.push(done)).await.unwrap();
    assert_eq!(told, (1..=12).collect::<Vec<_>>());
    assert_eq!((rendered.pages, rendered.pages_each), (12, vec![1; 12]));
    let pdf = Pdf::new(&quanxue::papers::RenderedPdf {
        bytes: rendered.bytes,
        pages: 12,
        pages_each: vec![],
        missing: vec![],
    });
    let text = pdf.text();
    // On the stub, in the seam and on the original.
    assert!((0..12).all(|n| text.matches(&format!("〔2026〕{n}号")).count() == 3), "{text}");
    assert!(pdf.metadata().contains("<pdfaid:part>2</pdfaid:part>"));
}

#[tokio::test]
async fn the_same_facts_make_the_same_file() {
    let typesetter = Typesetter::new(settings());
    let one = typesetter.render(PaperTemplate::Commitment, &commitment()).await.unwrap();
    let other = Typesetter::new(settings()).render(PaperTemplate::Commitment, &commitment()).await.unwrap();
    assert_eq!(one, other);
}

#[tokio::test]
async fn a_child_that_died_between_two_papers_is_replaced() {
    let folder = Folder::new("died");
    let typesetter = Typesetter::new(TypesetterSettings { program: Some(folder.noting_program()), ..settings() });
    typesetter.render(PaperTemplate::Commitment, &commitment()).await.unwrap();
    typesetter.render(PaperTemplate::Commitment, &commitment()).await.unwrap();
    assert_eq!(folder.pids().len(), 1);
    let pid = folder.pids().remove(0);
    assert!(std::process::Command::new("kill").args(["-9", &pid]).status().unwrap().success());
    until_ended(&pid).await;
    typesetter.render(PaperTemplate::Commitment, &commitment()).await.unwrap();
    assert_eq!(folder.pids().len(), 2);
}

#[tokio::test]
async fn an_idle_child_is_ended_and_the_next_paper_starts_another() {
    let folder = Folder::new("idle");
    let idle_limit = Duration::from_millis(100);
    let program = Some(folder.noting_program());
    let typesetter = Typesetter::new(TypesetterSettings { program, idle_limit, ..settings() });
    typesetter.render(PaperTemplate::Commitment, &commitment()).await.unwrap();
    until_ended(&folder.pids()[0]).await;
    typesetter.render(PaperTemplate::Commitment, &commitment()).await.unwrap();
    assert_eq!(folder.pids().len(), 2);
}

#[tokio::test]
async fn whoever_gives_up_waiting_leaves_no_child_behind() {
    let folder = Folder::new("gave-up");
    let program = Some(folder.noting_program());
    let typesetter = Typesetter::new(TypesetterSettings { program, ..settings() });
    let facts = vec![samples::deadline_notice().facts().unwrap(); 500];
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    tokio::select! {
        _ = typesetter.render_many(PaperTemplate::DeadlineNotice, &facts, |done| tell.send(done).unwrap()) => panic!("so soon?"),
        _ = told.recv() => {}
    }
    until_ended(&folder.pids()[0]).await;
}

#[tokio::test]
async fn a_child_that_hangs_is_killed_in_time() {
    let folder = Folder::new("hangs");
    let program = Some(folder.script(&format!("echo $$ >>{}/pids\nexec sleep 600", folder.0.display())));
    let typesetter =
        Typesetter::new(TypesetterSettings { program, time_limit: Duration::from_millis(300), ..settings() });
    let result = typesetter.render(PaperTemplate::Commitment, &commitment()).await;
    assert!(matches!(result, Err(TypesetError::TooSlow(_))), "{result:?}");
    until_ended(&folder.pids()[0]).await;
}

#[tokio::test]
async fn a_child_that_speaks_nonsense_or_is_not_there_is_an_error() {
    let folder = Folder::new("nonsense");
    let nonsense = folder.script("printf 'hello, this is no frame at all'; sleep 1");
    for (program, broken) in [(nonsense, true), (PathBuf::from("/bin/false"), true), ("/no/such/program".into(), false)]
    {
        let typesetter = Typesetter::new(TypesetterSettings { program: Some(program), ..settings() });
        let result = typesetter.render(PaperTemplate::Commitment, &commitment()).await;
        match result {
            Err(TypesetError::Broken(_)) => assert!(broken),
            Err(TypesetError::NotStarted(reason)) => assert!(!broken && reason.contains("/no/such/program")),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn missing_fonts_are_named_with_what_to_do() {
    let folder = Folder::new("no-fonts");
    let typesetter = Typesetter::new(TypesetterSettings { fonts: vec![folder.0.clone()], ..settings() });
    let result = typesetter.render(PaperTemplate::Commitment, &commitment()).await;
    let Err(TypesetError::Refused(reason)) = result else { panic!("{result:?}") };
    assert!(reason.contains("FandolFang-Regular.otf") && reason.contains("bin/fonts"), "{reason}");
}

#[tokio::test]
async fn a_countys_own_fangsong_comes_first_and_its_broken_files_stop_nothing() {
    let folder = Folder::new("county-fonts");
    let stand_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("var/fonts/FandolHei-Regular.otf");
    std::os::unix::fs::symlink(stand_in, folder.0.join("仿宋_GB2312.otf")).unwrap();
    std::fs::write(folder.0.join("broken.ttf"), "no font at all").unwrap();
    let typesetter = Typesetter::new(TypesetterSettings { county_fonts: folder.0.clone(), ..settings() });
    let rendered = typesetter.render(PaperTemplate::Commitment, &commitment()).await.unwrap();
    let fonts = Pdf::new(&rendered).fonts();
    assert!(fonts.iter().any(|(name, _)| name.contains("FandolHei")), "{fonts:?}");
    assert!(!fonts.iter().any(|(name, _)| name.contains("FandolFang")), "{fonts:?}");
}
