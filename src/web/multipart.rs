//! Reads a multipart body to its end: texts as typed, files as they came, within limits; what is over them is read and
//! dropped, so that the browser waits for our page instead of meeting a closed door.

use axum::body::Bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::StatusCode;

use super::failure::Failure;
use super::state::State;

/// How many files a form takes and how large each may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes of one file.
    pub each: usize,
    /// Files of one form.
    pub files: usize,
}

/// All texts of one form together, in bytes.
const TEXTS: usize = 1024 * 1024;
/// Parts of one form.
const PARTS: usize = 1000;
/// What is read at most before the door is closed after all: ten times the largest that is taken.
const WHOLE: usize = 512 * 1024 * 1024;

/// A file as it came.
#[derive(Debug, Clone)]
pub(crate) struct UploadedFile {
    /// The form's field.
    pub field: String,
    /// The sender's name for it; not to be trusted.
    pub name: String,
    /// What it holds.
    pub bytes: Bytes,
}

/// A sentence for files that are too large or too many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OverLimit(pub String);

/// What a multipart body held.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The text fields, in order.
    pub texts: Vec<(String, String)>,
    /// The files that were chosen.
    pub files: Vec<UploadedFile>,
    /// The first thing over a limit.
    pub over: Option<OverLimit>,
    /// How many files came.
    count: usize,
    text_bytes: usize,
}

/// Reads the body of a request.
pub(crate) async fn read(mut request: Request, state: &State, limits: Limits) -> Result<Parts, Failure> {
    DefaultBodyLimit::max(WHOLE).apply(&mut request);
    let mut multipart = Multipart::from_request(request, state).await.map_err(|_| unreadable())?;
    let mut parts = Parts::default();
    for _ in 0..PARTS {
        let Some(field) = multipart.next_field().await.map_err(|e| failure(&e))? else { return Ok(parts) };
        parts.take(field, limits).await?;
    }
    Err(unreadable())
}

impl Parts {
    async fn take(&mut self, field: Field<'_>, limits: Limits) -> Result<(), Failure> {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file) = field.file_name().map(ToOwned::to_owned) else {
            return self.take_text(name, field).await;
        };
        let (bytes, size) = read_field(field, limits.each).await?;
        if file.is_empty() && size == 0 {
            return Ok(()); // a field for files in which none was chosen
        }
        self.count += 1;
        if size > limits.each {
            self.note(format!(
                "“{file}”有 {} MB，超过每个 {} MB 的上限。请压缩或拆分后再上传。",
                mb(size),
                mb(limits.each)
            ));
        } else if self.count > limits.files {
            self.over = None;
            self.note(format!("一次最多上传 {} 个文件，这次有 {} 个。请分几次上传。", limits.files, self.count));
        } else {
            self.files.push(UploadedFile { field: name, name: file, bytes });
        }
        Ok(())
    }

    async fn take_text(&mut self, name: String, field: Field<'_>) -> Result<(), Failure> {
        let (bytes, size) = read_field(field, TEXTS).await?;
        self.text_bytes += name.len() + size;
        if self.text_bytes > TEXTS {
            return Err(Failure::TooLarge);
        }
        self.texts.push((name, String::from_utf8(bytes.into()).map_err(|_| unreadable())?));
        Ok(())
    }

    fn note(&mut self, sentence: String) {
        self.over.get_or_insert(OverLimit(sentence));
    }
}

/// Reads a part to its end and keeps it if it is no larger than `most`; says how large it was.
async fn read_field(mut field: Field<'_>, most: usize) -> Result<(Bytes, usize), Failure> {
    let (mut kept, mut size) = (Vec::new(), 0);
    while let Some(chunk) = field.chunk().await.map_err(|e| failure(&e))? {
        size += chunk.len();
        if size <= most {
            kept.extend_from_slice(&chunk);
        } else {
            kept = Vec::new();
        }
    }
    Ok((kept.into(), size))
}

fn failure(error: &MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Failure::TooLarge;
    }
    Failure::bad("上传没有传完整，可能是网络中断。请返回原页面，检查网络后再提交一次；重复提交不会重复登记。")
}

fn unreadable() -> Failure {
    Failure::bad("表单无法识别，请返回原页面刷新后再提交。")
}

fn mb(bytes: usize) -> usize {
    bytes.div_ceil(1024 * 1024)
}
