//! PDF scans, and the workbooks that imports keep: stored as they come, shown to nobody but as a download.

use bytes::Bytes;

use super::photo::{PhotoRefusal, read_photo};
use super::ready::Ready;

/// The most a PDF may hold, in bytes.
pub const MAX_PDF_BYTES: usize = 20 * 1024 * 1024;
/// The most a workbook may hold, in bytes (security.md C5).
pub const MAX_WORKBOOK_BYTES: usize = super::MAX_BYTES;

/// How far from its end a PDF's closing mark may stand; printers append a little.
const TAIL: usize = 2048;
/// What a scan never holds: programs, and files within the file.
const ACTIVE: &[&[u8]] = &[b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia"];

/// Why a file is not taken, a sentence each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileRefusal {
    /// It is or should be a photograph, and something is wrong with it.
    #[error(transparent)]
    Photo(#[from] PhotoRefusal),
    /// No byte in it.
    #[error("这个文件是空的，请重新选择。")]
    Empty,
    /// More than a PDF may hold.
    #[error("PDF 有 {} MB，超过 {} MB。请降低扫描分辨率，或分成几个文件上传。", .0.div_ceil(1024 * 1024), MAX_PDF_BYTES / 1024 / 1024)]
    PdfTooLarge(usize),
    /// It does not begin as a PDF does.
    #[error("这个文件不是 PDF。请上传 PDF 扫描件，或拍照上传 JPG、PNG 照片。")]
    NotPdf,
    /// Its end is missing.
    #[error("PDF 没有传完整，后半部分缺失。请重新选择后再上传一次。")]
    PdfTruncated,
    /// It holds programs or other files.
    #[error("这个 PDF 带有脚本或内嵌文件，不是扫描件，不能上传。请打印后扫描，或拍照上传。")]
    PdfActive,
    /// The program was stopping while it read.
    #[error("文件没有读成，请再上传一次。")]
    Unread,
    /// More than a workbook may hold.
    #[error("工作簿有 {} MB，超过 {} MB。请拆成几个文件分别导入。", .0.div_ceil(1024 * 1024), MAX_WORKBOOK_BYTES / 1024 / 1024)]
    WorkbookTooLarge(usize),
}

/// Looks at a PDF. It must begin with its mark: what hides another file in front of it is no scan.
pub async fn read_pdf(bytes: Bytes) -> Result<Ready, FileRefusal> {
    off_thread(move || look_at_pdf(bytes)).await
}

fn look_at_pdf(bytes: Bytes) -> Result<Ready, FileRefusal> {
    if bytes.is_empty() {
        return Err(FileRefusal::Empty);
    }
    if !bytes.starts_with(b"%PDF-1.") && !bytes.starts_with(b"%PDF-2.") {
        return Err(FileRefusal::NotPdf);
    }
    if bytes.len() > MAX_PDF_BYTES {
        return Err(FileRefusal::PdfTooLarge(bytes.len()));
    }
    if !holds(&bytes[bytes.len().saturating_sub(TAIL)..], b"%%EOF") {
        return Err(FileRefusal::PdfTruncated);
    }
    if ACTIVE.iter().any(|word| holds(&bytes, word)) {
        return Err(FileRefusal::PdfActive);
    }
    Ok(Ready::plain(bytes, "application/pdf"))
}

/// Looks at what came as evidence: a PDF by its mark, else it must be a photograph.
pub async fn read_evidence(bytes: Bytes) -> Result<Ready, FileRefusal> {
    if bytes.starts_with(b"%PDF") { read_pdf(bytes).await } else { Ok(read_photo(bytes).await?) }
}

/// A workbook as it came; what is in it, and whether it is one at all, the import finds out in a child process.
pub async fn read_workbook(bytes: Bytes) -> Result<Ready, FileRefusal> {
    if bytes.is_empty() {
        return Err(FileRefusal::Empty);
    }
    if bytes.len() > MAX_WORKBOOK_BYTES {
        return Err(FileRefusal::WorkbookTooLarge(bytes.len()));
    }
    off_thread(move || Ok(Ready::plain(bytes, "application/octet-stream"))).await
}

/// Reading and hashing tens of megabytes takes long enough that other requests would wait for it.
async fn off_thread(work: impl FnOnce() -> Result<Ready, FileRefusal> + Send + 'static) -> Result<Ready, FileRefusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(FileRefusal::Unread))
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pdf(middle: &str) -> Bytes {
        format!("%PDF-1.4\n{middle}\ntrailer\n%%EOF\n").into()
    }

    #[tokio::test]
    async fn a_scan_is_taken_and_named_by_its_content() {
        let ready = read_pdf(pdf("1 0 obj <</OpenAction [2 0 R /Fit]>> endobj")).await.unwrap();
        assert_eq!((ready.media, ready.sha256.len(), ready.shown.is_none()), ("application/pdf", 32, true));
    }

    #[tokio::test]
    async fn what_is_no_scan_is_refused_with_its_reason() {
        let refusal = async |bytes: Bytes| read_pdf(bytes).await.map(|_| "taken").unwrap_err();
        assert_eq!(refusal(Bytes::new()).await, FileRefusal::Empty);
        assert_eq!(refusal("<html>%PDF-1.4 %%EOF".into()).await, FileRefusal::NotPdf);
        assert_eq!(refusal("%PDF-1.4 half a file".into()).await, FileRefusal::PdfTruncated);
        for active in ["/S /JavaScript /JS (x)", "/S /Launch", "/Type /EmbeddedFile", "/RichMedia"] {
            assert_eq!(refusal(pdf(active)).await, FileRefusal::PdfActive, "{active}");
        }
        let large = Bytes::from([pdf("").to_vec(), vec![b' '; MAX_PDF_BYTES]].concat());
        assert!(refusal(large).await.to_string().starts_with("PDF 有 21 MB，超过 20 MB"));
    }

    #[tokio::test]
    async fn evidence_is_a_photograph_or_a_scan_and_nothing_else() {
        assert_eq!(read_evidence(pdf("")).await.unwrap().media, "application/pdf");
        let html = read_evidence(Bytes::from_static(b"<html><body>x</body></html>")).await;
        assert_eq!(html.map(|_| "taken").unwrap_err(), FileRefusal::Photo(PhotoRefusal::NotAPhoto("网页")));
    }

    #[tokio::test]
    async fn a_workbook_of_more_than_fifty_megabytes_is_refused() {
        assert!(read_workbook(Bytes::from(vec![0; MAX_WORKBOOK_BYTES])).await.is_ok());
        let refused = read_workbook(Bytes::from(vec![0; 100 * 1024 * 1024])).await.map(|_| "taken").unwrap_err();
        assert!(refused.to_string().starts_with("工作簿有 100 MB，超过 50 MB"));
    }
}
