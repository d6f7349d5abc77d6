//! The fonts: which are wanted, where they are found, and the part each plays in the templates.
//!
//! Templates name parts (`fang`, `hei`, `kai`, `title`, `rare`), not families. A county that drops its licensed
//! 仿宋_GB2312 or 小标宋 into its own folder gives the part `county-fang` or `county-title`, which templates put first.

use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

/// The part, the file, and the Debian package that has it.
const WANTED: [(&str, &str, &str); 5] = [
    ("fang", "FandolFang-Regular.otf", "texlive-lang-chinese"),
    ("hei", "FandolHei-Regular.otf", "texlive-lang-chinese"),
    ("kai", "LXGWWenKai-Regular.ttf", "fonts-lxgw-wenkai"),
    ("title", "NotoSerifCJK-Bold.ttc", "fonts-noto-cjk"),
    ("rare", "NotoSerifCJK-Regular.ttc", "fonts-noto-cjk"),
];

/// How a county's font is known by its family or file name.
const COUNTY_PARTS: [(&str, &[&str]); 3] = [
    ("county-title", &["小标宋", "xiaobiaosong", "xbs"]),
    ("county-fang", &["仿宋", "fangsong", "simfang", "fzfs"]),
    ("county-hei", &["黑", "hei"]),
];

/// Fonts in memory, with the book by which typst selects them.
pub struct Fonts {
    /// Families are the parts of the templates.
    pub book: LazyHash<FontBook>,
    /// Files of a county that are no fonts, and why: left out, so that one bad file does not stop every paper.
    pub left_out: Vec<String>,
    faces: Vec<Font>,
}

/// Why papers cannot be set at all.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// Set-up was not finished.
    #[error("no {file} in {folders}: run bin/fonts, or install the Debian package {package}")]
    Missing {
        /// The wanted file.
        file: &'static str,
        /// The package that has it.
        package: &'static str,
        /// Where it was looked for.
        folders: String,
    },
    /// A file that is there cannot be used.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl Fonts {
    /// Reads the county's fonts and all that are wanted.
    ///
    /// # Errors
    /// A wanted font that is in no folder or cannot be read.
    pub fn load(county: &[PathBuf], folders: &[PathBuf]) -> Result<Self, FontError> {
        let (mut loaded, mut left_out) = (Vec::new(), Vec::new());
        for path in county.iter().flat_map(|folder| county_files(folder)) {
            match read(&path) {
                Ok(faces) => {
                    let in_parts = faces.into_iter().filter_map(|face| Some((county_part(&face, &path)?, face)));
                    loaded.extend(in_parts);
                }
                Err(error) => left_out.push(error.to_string()),
            }
        }
        for (part, file, package) in WANTED {
            let path = folders.iter().map(|folder| folder.join(file)).find(|path| path.is_file()).ok_or_else(|| {
                let folders = folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ");
                FontError::Missing { file, package, folders }
            })?;
            loaded.extend(read(&path)?.into_iter().map(|font| (part, font)));
        }
        let infos = loaded.iter().map(|(part, font)| FontInfo { family: (*part).into(), ..font.info().clone() });
        let book = LazyHash::new(FontBook::from_infos(infos));
        Ok(Self { book, left_out, faces: loaded.into_iter().map(|(_, font)| font).collect() })
    }

    /// The font at an index of the book.
    pub fn get(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// Whether any font can print the character.
    pub fn has(&self, character: char) -> bool {
        self.faces.iter().any(|font| font.info().coverage.contains(character.into()))
    }
}

/// The fonts of one file. A collection holds faces for five countries: only the Simplified Chinese one is kept.
fn read(path: &Path) -> Result<Vec<Font>, FontError> {
    let unreadable = |reason: String| FontError::Unreadable { path: path.into(), reason };
    let data = Bytes::new(std::fs::read(path).map_err(|error| unreadable(error.to_string()))?);
    let fonts: Vec<Font> = Font::iter(data)
        .filter(|font| !font.info().family.contains("CJK") || font.info().family.ends_with(" SC"))
        .collect();
    if fonts.is_empty() { Err(unreadable("not a font".into())) } else { Ok(fonts) }
}

/// Font files of a county's folder, which may not exist, in the order of their names.
fn county_files(folder: &Path) -> Vec<PathBuf> {
    let is_font = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        ["ttf", "otf", "ttc"].iter().any(|font| ending.eq_ignore_ascii_case(font))
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_font).collect();
    files.sort();
    files
}

fn county_part(font: &Font, path: &Path) -> Option<&'static str> {
    let file = path.file_stem().unwrap_or_default().to_string_lossy();
    let names = format!("{} {file}", font.info().family).to_lowercase();
    COUNTY_PARTS.iter().find(|(_, marks)| marks.iter().any(|mark| names.contains(mark))).map(|(part, _)| *part)
}
