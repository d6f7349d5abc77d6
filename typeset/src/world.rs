//! What a template can see while it is compiled: the templates, the facts of one paper, the fonts; nothing else.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::fonts::Fonts;

/// Every template as a parsed source, with a main source for each that hands it `/data.json`.
pub struct Sources {
    by_id: HashMap<FileId, Source>,
    mains: HashMap<String, FileId>,
    data: FileId,
}

impl Sources {
    /// # Errors
    /// A template's name that is no path.
    pub fn new(templates: Vec<(&'static str, String)>) -> Result<Self, String> {
        let (mut by_id, mut mains) = (HashMap::new(), HashMap::new());
        for (name, text) in templates {
            let (file, main) = (file_id(&format!("/{name}.typ"))?, file_id(&format!("/main/{name}.typ"))?);
            by_id.insert(file, Source::new(file, text));
            by_id.insert(main, Source::new(main, main_text(name)));
            mains.insert(name.to_owned(), main);
        }
        Ok(Self { by_id, mains, data: file_id("/data.json")? })
    }

    /// The source that sets one paper of a template.
    pub fn main(&self, template: &str) -> Option<FileId> {
        self.mains.get(template).copied()
    }
}

/// Language is set here, at the top, because a PDF takes its own from the first such rule.
fn main_text(template: &str) -> String {
    format!(
        "#set text(lang: \"zh\", region: \"cn\")\n#import \"/{template}.typ\": paper\n#paper(json(\"/data.json\"))\n"
    )
}

fn file_id(path: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(path).map_err(|error| format!("{path}: {error}"))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// One paper to be compiled.
pub struct Paper<'a> {
    pub library: &'a LazyHash<Library>,
    pub fonts: &'a Fonts,
    pub sources: &'a Sources,
    pub main: FileId,
    pub data: Bytes,
}

impl World for Paper<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.by_id.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.sources.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)
    }

    /// Days come with the facts, so that the same facts make the same paper.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
