//! What a county may set of its profile for itself: typed fields, and how those that differ are laid over the profile.
//!
//! A field's key is the value's key in the profile (`visit.every`, `ladder.confirm.within`), so that a fault of the
//! policy that they make finds its field. What a scheme does not say is not offered: the feature stays off.

mod fields;
mod lay;

pub use fields::fields;
pub use lay::own_values;

/// A value that a county may set, as a form shows it and as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its key in the profile.
    pub key: String,
    /// What the form calls it.
    pub label: String,
    /// Its value.
    pub given: Given,
}

/// A value as a form has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// So many of a unit; what becomes of a last day that is not worked is the profile's.
    Period {
        /// How many, as typed.
        n: String,
        /// The code of the unit.
        unit: String,
    },
    /// How many, as typed.
    Number(String),
    /// Yes or no.
    Yes(bool),
    /// Numbers from small to large, as typed: 30、60、90.
    Days(String),
    /// Days, as typed: 2026-06-13、2027-06-12.
    Dates(String),
    /// Any of a closed list, by their codes.
    Any {
        /// The codes chosen.
        chosen: Vec<String>,
        /// What may be chosen: code and word.
        of: Vec<(&'static str, &'static str)>,
    },
    /// One of a closed list, by its code.
    One {
        /// The code chosen.
        chosen: String,
        /// What may be chosen: code and word.
        of: Vec<(&'static str, &'static str)>,
    },
    /// A text.
    Text(String),
}

impl Field {
    /// The field as a form sent it: the values under its name, and under its name with `.unit` for a period's unit.
    /// What the form did not send stays as it is; but boxes of which none is ticked are not sent.
    #[must_use]
    pub fn typed(mut self, values: &[(String, String)]) -> Self {
        let all = |name: &str| -> Vec<String> {
            values.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).collect()
        };
        let (named, unit) = (all(&self.key), all(&format!("{}.unit", self.key)));
        let first = named.first().cloned();
        match &mut self.given {
            Given::Period { n, unit: in_unit } => {
                set(n, first);
                set(in_unit, unit.first().cloned());
            }
            Given::Number(text) | Given::Days(text) | Given::Dates(text) | Given::Text(text) => set(text, first),
            Given::One { chosen, .. } => set(chosen, first),
            Given::Yes(yes) => {
                if let Some(said) = first {
                    *yes = said == "yes";
                }
            }
            Given::Any { chosen, .. } => *chosen = named,
        }
        self
    }
}

fn set(text: &mut String, typed: Option<String>) {
    if let Some(typed) = typed {
        *text = typed;
    }
}
