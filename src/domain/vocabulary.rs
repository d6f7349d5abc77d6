//! One macro for the closed lists of the field: a code that is stored, a word that is shown.

/// Defines an enum whose variants each carry a stored code and a Chinese label.
///
/// Gives `ALL`, `code()`, `label()`, `from_code()`, `Display` (the label), `FromStr` (the code)
/// and serde by code. Codes are written to the database and must never change meaning.
#[macro_export]
macro_rules! vocabulary {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $code:literal => $label:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order in which people list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The word on the screen and on paper.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// The value of a stored code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.label())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::vocabulary::UnknownCode;
            fn from_str(code: &str) -> ::std::result::Result<Self, Self::Err> {
                Self::from_code(code).ok_or_else(|| $crate::domain::vocabulary::UnknownCode {
                    list: stringify!($name),
                    known: &[$($code),+],
                    code: code.to_owned(),
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> ::std::result::Result<S::Ok, S::Error> {
                s.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> ::std::result::Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                code.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// A code that is in none of the closed list's values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code:?} is no value of {list}: {}", known.join(", "))]
pub struct UnknownCode {
    /// The list's name.
    pub list: &'static str,
    /// The codes it has.
    pub known: &'static [&'static str],
    /// What was read.
    pub code: String,
}
