//! What the macros of `templates/parts/fields.html` ask.

/// Whether an option is the one that was chosen.
pub(crate) fn is(option: impl AsRef<str>, chosen: impl AsRef<str>) -> bool {
    option.as_ref() == chosen.as_ref()
}

/// Whether an option is among those that were chosen.
pub(crate) fn any(chosen: &[String], option: &str) -> bool {
    chosen.iter().any(|one| one == option)
}
