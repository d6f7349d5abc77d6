//! What poppler sees in a PDF: its words, fonts, standard and picture.

use std::path::PathBuf;
use std::process::Command;

use quanxue::papers::RenderedPdf;

/// A PDF in a file of its own, removed at the end.
pub struct Pdf {
    path: PathBuf,
}

impl Pdf {
    pub fn new(rendered: &RenderedPdf) -> Self {
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("quanxue-paper-{}-{number}.pdf", std::process::id()));
        std::fs::write(&path, &rendered.bytes).unwrap();
        Self { path }
    }

    /// The words in reading order, without the spaces and breaks that only come from the layout.
    pub fn text(&self) -> String {
        let text = self.poppler("pdftotext", &["-enc", "UTF-8"], &["-"]);
        String::from_utf8(text).unwrap().chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// The words in the order they were set, which in a table is cell by cell.
    pub fn cells(&self) -> String {
        let text = self.poppler("pdftotext", &["-raw", "-enc", "UTF-8"], &["-"]);
        String::from_utf8(text).unwrap().chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// Name and embedding of each font.
    pub fn fonts(&self) -> Vec<(String, bool)> {
        let table = String::from_utf8(self.poppler("pdffonts", &[], &[])).unwrap();
        let font = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            // The last five columns are emb, sub, uni and the object's two numbers.
            (words[0].to_owned(), words[words.len() - 5] == "yes")
        };
        table.lines().skip(2).map(font).collect()
    }

    pub fn metadata(&self) -> String {
        String::from_utf8(self.poppler("pdfinfo", &["-meta"], &[])).unwrap()
    }

    /// `pdfinfo`'s own lines.
    pub fn info(&self) -> String {
        String::from_utf8(self.poppler("pdfinfo", &[], &[])).unwrap()
    }

    /// A page in grey, 60 dots an inch.
    pub fn picture(&self, page: usize) -> image::GrayImage {
        let page = page.to_string();
        let png = self.poppler("pdftoppm", &["-r", "60", "-gray", "-png", "-f", &page, "-l", &page], &[]);
        image::load_from_memory(&png).unwrap().into_luma8()
    }

    fn poppler(&self, program: &str, before: &[&str], after: &[&str]) -> Vec<u8> {
        let output = Command::new(program).args(before).arg(&self.path).args(after).output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}; install the package poppler-utils"));
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }
}

impl Drop for Pdf {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
