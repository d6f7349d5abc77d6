//! The command line: where fonts and templates lie.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

/// Where the typesetter looks for fonts and templates.
#[derive(Debug, Default)]
pub struct Options {
    /// A county's own fonts, before all others (`--county-fonts DIR`).
    pub county_fonts: Vec<PathBuf>,
    /// Folders searched for the fonts of `fonts::WANTED`, in this order (`--fonts DIR`, else the collected folder
    /// and the places of Debian's packages).
    pub fonts: Vec<PathBuf>,
    /// Templates read from a folder instead of those compiled in (`--templates DIR`), for work on them.
    pub templates: Option<PathBuf>,
}

impl Options {
    /// # Errors
    /// An unknown word, or an option without its folder.
    pub fn from_args(mut args: impl Iterator<Item = OsString>) -> io::Result<Self> {
        let mut options = Self::default();
        while let Some(name) = args.next() {
            let Some(folder) = args.next().map(PathBuf::from) else {
                return Err(io::Error::other(format!("{} wants a folder", name.display())));
            };
            match name.to_str() {
                Some("--county-fonts") => options.county_fonts.push(folder),
                Some("--fonts") => options.fonts.push(folder),
                Some("--templates") => options.templates = Some(folder),
                _ => return Err(io::Error::other(format!("unknown option {}", name.display()))),
            }
        }
        if options.fonts.is_empty() {
            options.fonts = default_font_folders();
        }
        Ok(options)
    }
}

fn default_font_folders() -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from("var/fonts")];
    if let Ok(program) = std::env::current_exe() {
        // Beside an installed program, or `var/fonts` of the checkout that built it under `target/<profile>/`.
        folders.extend(program.parent().map(|folder| folder.join("fonts")));
        folders.extend(program.ancestors().nth(3).map(|checkout| checkout.join("var/fonts")));
    }
    folders.extend(
        [
            "/usr/share/fonts/truetype/lxgw-wenkai",
            "/usr/share/fonts/opentype/noto",
            "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
        ]
        .map(PathBuf::from),
    );
    folders
}
