//! The pages: routes, forms, the guard in front of them. The only axum and askama.

pub(crate) mod assets;
mod audit_words;
pub(crate) mod device;
pub(crate) mod download;
pub(crate) mod extract;
pub(crate) mod failure;
pub(crate) mod fields;
mod guard;
mod headers;
mod late;
pub(crate) mod mend;
pub(crate) mod multipart;
pub(crate) mod navigation;
pub(crate) mod pager;
mod pages;
mod patience;
mod policy_words;
mod routes;
pub(crate) mod sent;
mod serve;
pub(crate) mod shell;
pub(crate) mod sought;
mod state;
pub(crate) mod upload;

pub use routes::{ROUTES, framed, pages, router};
pub use serve::serve;
pub use state::{Site, State};
