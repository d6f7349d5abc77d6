//! What is wrong with what was typed, each fault at its field.

/// Faults by field, in the order in which they are shown; a field is named as the form names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<(&'static str, String)>);

impl Faults {
    /// One fault.
    pub fn one(field: &'static str, message: impl Into<String>) -> Self {
        Self(vec![(field, message.into())])
    }

    /// Adds a fault.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push((field, message.into()));
    }

    /// Takes a value, or notes the fault and takes nothing.
    pub fn check<T>(&mut self, field: &'static str, value: Result<T, impl Into<String>>) -> Option<T> {
        value.map_err(|message| self.add(field, message)).ok()
    }

    /// Takes all of another's.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All sentences in one, for a cell of a sheet or a person at a terminal.
    pub fn sentence(&self) -> String {
        self.0.iter().map(|(_, message)| message.as_str()).collect::<Vec<_>>().join("；")
    }
}
