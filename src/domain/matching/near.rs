//! How two identity numbers differ, and how to show where without showing them.

use serde::{Deserialize, Serialize};

/// How one number as written differs from another. Places count from 1; the check digit follows the others and is
/// not counted when they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// Not at all.
    None,
    /// In this one place.
    Digit(usize),
    /// The digits of these two places stand in each other's stead.
    Swapped(usize, usize),
    /// The other lacks the digit of this place.
    Missing(usize),
    /// The other has one digit too many, at this place of its own.
    Extra(usize),
}

impl Difference {
    /// Compares two numbers in plain digits. More than one slip apart is none of these.
    pub fn between(own: &str, other: &str) -> Option<Self> {
        let (own, other) = (own.as_bytes(), other.as_bytes());
        if own == other {
            return Some(Self::None);
        }
        match other.len().cmp(&own.len()) {
            std::cmp::Ordering::Equal => same_length(own, other),
            std::cmp::Ordering::Less => dropped(own, other).map(Self::Missing),
            std::cmp::Ordering::Greater => dropped(other, own).map(Self::Extra),
        }
    }

    /// In words, for the reason of a check: `第15位不同`.
    pub fn words(self) -> String {
        match self {
            Self::None => "号码相同".to_owned(),
            Self::Digit(place) => format!("号码只有第{place}位不同"),
            Self::Swapped(one, two) => format!("号码第{one}位与第{two}位颠倒"),
            Self::Missing(place) => format!("号码少了第{place}位"),
            Self::Extra(place) => format!("号码多了第{place}位"),
        }
    }

    /// The places of the own number and of the other that may be shown, so that the slip can be seen.
    fn places(self) -> (Vec<usize>, Vec<usize>) {
        match self {
            Self::None => (vec![], vec![]),
            Self::Digit(place) => (vec![place], vec![place]),
            Self::Swapped(one, two) => (vec![one, two], vec![one, two]),
            Self::Missing(place) => (vec![place], vec![]),
            Self::Extra(place) => (vec![], vec![place]),
        }
    }

    /// Both numbers masked, but for the places where they differ.
    pub fn shown(self, own: &str, other: &str) -> (String, String) {
        let (here, there) = self.places();
        (masked_but(own, &here), masked_but(other, &there))
    }
}

/// First six, last four and the named places (from 1); a text too short to be a number shows nothing.
fn masked_but(number: &str, places: &[usize]) -> String {
    let length = number.chars().count();
    let open = |at: usize| length > 10 && (at < 6 || at + 4 >= length || places.contains(&(at + 1)));
    number.chars().enumerate().map(|(at, c)| if open(at) { c } else { '*' }).collect()
}

fn same_length(own: &[u8], other: &[u8]) -> Option<Difference> {
    let differing: Vec<usize> = (0..own.len()).filter(|at| own[*at] != other[*at]).collect();
    // The check digit (place 18) is made from the others and changes with them.
    let body: Vec<usize> =
        if own.len() == 18 { differing.iter().copied().filter(|at| *at != 17).collect() } else { differing.clone() };
    match body.as_slice() {
        [] => differing.first().map(|at| Difference::Digit(at + 1)),
        [one] => Some(Difference::Digit(one + 1)),
        [one, two] if own[*one] == other[*two] && own[*two] == other[*one] => {
            Some(Difference::Swapped(one + 1, two + 1))
        }
        _ => None,
    }
}

/// The place (from 1) whose digit, left out of `long`, leaves `short`.
fn dropped(long: &[u8], short: &[u8]) -> Option<usize> {
    if long.len() != short.len() + 1 {
        return None;
    }
    let at = long.iter().zip(short).position(|(a, b)| a != b).unwrap_or(short.len());
    (long[at + 1..] == short[at..]).then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWN: &str = "500229201302022954";

    #[test]
    fn the_slips_people_make() {
        for (other, difference) in [
            (OWN, Difference::None),
            ("500229201302023954", Difference::Digit(15)),
            ("500229201302023957", Difference::Digit(15)),
            ("500229201302022951", Difference::Digit(18)),
            ("500229201302022594", Difference::Swapped(16, 17)),
            ("50022920130202295", Difference::Missing(18)),
            ("50022920130202954", Difference::Missing(15)),
            ("5002292013020229954", Difference::Extra(17)),
        ] {
            assert_eq!(Difference::between(OWN, other), Some(difference), "{other}");
        }
        assert_eq!(Difference::between(OWN, "500229201302023955"), Some(Difference::Digit(15)));
        assert_eq!(Difference::between(OWN, "500229201303023954"), None);
        assert_eq!(Difference::between(OWN, ""), None);
    }

    #[test]
    fn only_the_slip_is_shown() {
        let other = "500229201302023954";
        assert_eq!(
            Difference::Digit(15).shown(OWN, other),
            ("500229********2954".to_owned(), "500229********3954".to_owned())
        );
        assert_eq!(Difference::Digit(9).shown(OWN, other).0, "500229**1*****2954");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(own in "[0-9X]{0,20}", other in ".{0,20}") {
            if let Some(difference) = Difference::between(&own, &other) {
                let _ = difference.shown(&own, &other);
            }
        }

        #[test]
        fn a_lost_digit_is_found(own in "[0-9]{17}[0-9X]", at in 0usize..18) {
            let mut other = own.clone();
            other.remove(at);
            let found = Difference::between(&own, &other);
            prop_assert!(matches!(found, Some(Difference::Missing(_))), "{:?}", found);
        }
    }
}
