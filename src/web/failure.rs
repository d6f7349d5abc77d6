//! Why a page cannot be shown, in the words of the office; never an internal text.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::app::AppError;
use crate::db::DbError;
use crate::vault::VaultError;

/// A page that is not to be.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Not there or not yours: the two are never told apart.
    NotFound,
    /// You see it but may not do this; why.
    Forbidden(String),
    /// The request itself makes no sense; what to do.
    Bad(String),
    /// Larger than this page takes.
    TooLarge,
    /// It took longer than a request may.
    TooSlow,
    /// More often than a person may; when to come back.
    TooMany(&'static str),
    /// Sent from another site's page.
    CrossSite,
    /// Somebody else was faster, or the same key came with another body; what was typed is shown.
    Conflict {
        /// What happened.
        why: String,
        /// What was typed.
        typed: Vec<(String, String)>,
        /// Where the present state is shown.
        back: String,
    },
    /// A fault of ours.
    Internal(AppError),
}

impl Failure {
    /// A bad request in a sentence.
    pub(crate) fn bad(why: impl Into<String>) -> Self {
        Self::Bad(why.into())
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Db(DbError::NotFound) => Self::NotFound,
            AppError::Db(DbError::Conflict | DbError::Duplicate(_)) => Self::Conflict {
                why: "同一份资料刚刚由他人改过，这一次没有保存。请返回，重新打开后核对再办。".to_owned(),
                typed: vec![],
                back: "/".to_owned(),
            },
            AppError::NoPolicy => Self::bad("本县还没有采用实施方案，不能办理。请县级审批人员先采用一个方案。"),
            other => Self::Internal(other),
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        AppError::Db(error).into()
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        Self::Internal(AppError::Vault(error))
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::Internal(AppError::Fault(format!("template: {error}")))
    }
}

/// What the page of a failure says; the guard renders it in the frame of whoever asked.
#[derive(Debug, Clone)]
pub(crate) struct FailureWords {
    pub status: StatusCode,
    pub title: &'static str,
    pub text: String,
    /// Shown to the person and written to the log.
    pub reference: Option<String>,
    pub typed: Vec<(String, String)>,
    pub back: Option<String>,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let words = self.words();
        let mut response = words.status.into_response();
        let later = match words.status {
            StatusCode::SERVICE_UNAVAILABLE => Some("5"),
            StatusCode::TOO_MANY_REQUESTS => Some("60"),
            _ => None,
        };
        if let Some(seconds) = later {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        response.extensions_mut().insert(words);
        response
    }
}

impl Failure {
    fn words(self) -> FailureWords {
        let plain = |status, title, text: String| FailureWords {
            status,
            title,
            text,
            reference: None,
            typed: vec![],
            back: None,
        };
        match self {
            Self::NotFound => plain(StatusCode::NOT_FOUND, "没有这一页", "没有这一页，或不在您的范围内。".to_owned()),
            Self::Forbidden(why) => plain(StatusCode::FORBIDDEN, "您可以查看，不能办理", why),
            Self::Bad(why) => plain(StatusCode::BAD_REQUEST, "请求有误", why),
            Self::TooLarge => plain(
                StatusCode::PAYLOAD_TOO_LARGE,
                "文件太大",
                "照片每张不超过 20 MB，工作簿不超过 50 MB。请压缩或拆分后再上传。".to_owned(),
            ),
            Self::TooSlow => plain(
                StatusCode::REQUEST_TIMEOUT,
                "用时太长",
                "没有办成，可能是网络太慢。请返回原页面再提交一次；重复提交不会重复登记。".to_owned(),
            ),
            Self::TooMany(why) => plain(StatusCode::TOO_MANY_REQUESTS, "太频繁", why.to_owned()),
            Self::CrossSite => plain(
                StatusCode::FORBIDDEN,
                "请从本系统的页面提交",
                "这个请求不是从本系统的页面发出的，为安全起见没有办理。请返回原页面重试。".to_owned(),
            ),
            Self::Conflict { why, typed, back } => FailureWords {
                status: StatusCode::CONFLICT,
                title: "没有保存：情况已经变化",
                text: why,
                reference: None,
                typed,
                back: Some(back),
            },
            Self::Internal(error) => internal(&error),
        }
    }
}

fn internal(error: &AppError) -> FailureWords {
    let reference = reference();
    if matches!(error, AppError::Db(DbError::Unavailable(_))) {
        tracing::warn!(%reference, error = ?error, "database unavailable");
        return FailureWords {
            status: StatusCode::SERVICE_UNAVAILABLE,
            title: "系统正忙",
            text: "没有保存。请稍等几秒再提交一次；重复提交不会重复登记。".to_owned(),
            reference: Some(reference),
            typed: vec![],
            back: None,
        };
    }
    tracing::error!(%reference, error = ?error, "internal error");
    FailureWords {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        title: "系统出错",
        text: "没有办成，您填写的内容请先不要关闭页面。请把下面的编号告诉本县系统管理员。".to_owned(),
        reference: Some(reference),
        typed: vec![],
        back: None,
    }
}

/// Eight characters that a person can read out on the telephone.
fn reference() -> String {
    let id: Uuid = crate::domain::ids::FileId::new().0;
    id.simple().to_string()[..8].to_uppercase()
}
