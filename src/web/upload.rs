//! A form with files: its texts as a struct just as [`Form`] gives them, its files within the limits of its page.

use std::marker::PhantomData;

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

use super::extract::Form;
use super::failure::Failure;
use super::multipart::{self, Limits, OverLimit, Parts, UploadedFile};
use super::state::State;

const MB: usize = 1024 * 1024;

/// What a page takes.
pub(crate) trait Takes: Send {
    /// Its limits.
    const LIMITS: Limits;
}

/// Six photographs or scans of 20 MB each (security.md C5, pages.md A2).
#[derive(Debug)]
pub(crate) struct Photos;
impl Takes for Photos {
    const LIMITS: Limits = Limits { each: 20 * MB, files: 6 };
}

/// One workbook of 50 MB.
#[derive(Debug)]
pub(crate) struct Workbook;
impl Takes for Workbook {
    const LIMITS: Limits = Limits { each: 50 * MB, files: 1 };
}

/// All uploads that are in memory at once, in megabytes; who comes later waits at the door.
static ROOM: Semaphore = Semaphore::const_new(768);

/// A form with files as it was sent. A form without any, sent as plain fields (one that was kept after sign-out), is
/// taken too.
#[derive(Debug)]
pub(crate) struct Upload<T, L = Photos> {
    /// The text fields.
    pub value: T,
    /// The files that were chosen; or, in a sentence, why not all of them can be taken. `?` on it gives the page for
    /// what is too large; a form shows the sentence at its field and everything typed again.
    pub files: Result<Vec<UploadedFile>, OverLimit>,
    /// The key against sending twice.
    pub key: Uuid,
    /// SHA-256 of the fields and files; not of the body, whose boundary changes with each sending.
    pub body_hash: Vec<u8>,
    /// Every text field as typed, for showing it again.
    pub typed: Vec<(String, String)>,
    _room: Option<SemaphorePermit<'static>>,
    _takes: PhantomData<L>,
}

impl From<OverLimit> for Failure {
    fn from(_: OverLimit) -> Self {
        Self::TooLarge
    }
}

impl<T: DeserializeOwned, L: Takes> FromRequest<State> for Upload<T, L> {
    type Rejection = Failure;
    async fn from_request(request: Request, state: &State) -> Result<Self, Failure> {
        if !is_multipart(request.headers()) {
            let form = Form::from_request(request, state).await?;
            return Ok(Self::new(form, Ok(Vec::new()), None));
        }
        let room = ROOM.acquire_many(weight(request.headers(), L::LIMITS)).await.ok();
        let Parts { texts, files, over, .. } = multipart::read(request, state, L::LIMITS).await?;
        let form = Form::parse(encoded(&texts)?.as_bytes())?;
        let files = over.map_or(Ok(files), Err);
        Ok(Self::new(form, files, room))
    }
}

impl<T, L> Upload<T, L> {
    fn new(form: Form<T>, files: Result<Vec<UploadedFile>, OverLimit>, room: Option<SemaphorePermit<'static>>) -> Self {
        let mut hash = Sha256::new_with_prefix(&form.body_hash);
        for file in files.iter().flatten() {
            for part in [file.field.as_bytes(), file.name.as_bytes(), &file.bytes] {
                hash.update(Sha256::digest(part));
            }
        }
        Self {
            value: form.value,
            files,
            key: form.key,
            body_hash: hash.finalize().to_vec(),
            typed: form.typed,
            _room: room,
            _takes: PhantomData,
        }
    }
}

/// Whether a request carries a form with files.
pub(crate) fn is_multipart(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"multipart/form-data"))
}

/// The texts of a form that came after sign-out, as plain fields; its files are named and must be chosen again.
pub(crate) async fn texts_only(request: Request, state: &State) -> Result<Vec<u8>, Failure> {
    let none = Limits { each: 0, files: usize::MAX };
    let mut parts = multipart::read(request, state, none).await?;
    if let Some(OverLimit(_)) = parts.over {
        parts.texts.push(("照片和文件".to_owned(), "没有保存，提交后请重新上传".to_owned()));
    }
    Ok(encoded(&parts.texts)?.into_bytes())
}

fn encoded(texts: &[(String, String)]) -> Result<String, Failure> {
    serde_html_form::to_string(texts).map_err(|_| Failure::bad("表单无法识别，请返回原页面刷新后再提交。"))
}

/// Megabytes that the body may keep in memory: what it declares, at most what its page takes.
fn weight(headers: &HeaderMap, limits: Limits) -> u32 {
    let most = limits.each * limits.files + MB;
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    let bytes = declared.unwrap_or(most).min(most);
    u32::try_from(bytes.div_ceil(MB)).unwrap_or(u32::MAX).clamp(1, 768)
}
