//! Papers: the facts that each one prints, and the child process that sets them as PDF/A.
//!
//! A paper's facts are a value of `data`, frozen as JSON when the paper is issued: a reprint is set from the same
//! facts. What a paper says of periods, issuers and law arrives in its facts; the templates hold no threshold.

mod child;
pub mod data;
mod template;
mod typesetter;

pub use template::{Paper, PaperTemplate};
pub use typesetter::{RenderedPdf, TypesetError, Typesetter, TypesetterSettings};
