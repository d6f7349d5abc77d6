//! 适龄儿童去向平衡表: nine classes that sum to the register, a row a unit (design.md §7.6).

use super::ids::UnitId;
use super::words::Whereabouts;

/// A row of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BalanceRow {
    /// The unit; none where the domicile could not be told.
    pub unit: Option<UnitId>,
    /// Children in each class, in the order of `Whereabouts::ALL`.
    pub classes: [i64; 9],
    /// Children from elsewhere on a roll here; not in the sum.
    pub from_elsewhere: i64,
}

impl BalanceRow {
    /// Registered children of school age: the sum of the nine.
    pub fn registered(&self) -> i64 {
        self.classes.iter().sum()
    }

    /// The figure of a class.
    pub fn of(&self, class: Whereabouts) -> i64 {
        position(class).map_or(0, |at| self.classes[at])
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.classes.iter_mut().zip(other.classes) {
            *mine += theirs;
        }
        self.from_elsewhere += other.from_elsewhere;
    }
}

/// Classes whose children lack proof: shown in red.
pub const fn lacks_proof(class: Whereabouts) -> bool {
    matches!(class, Whereabouts::ElsewhereUnproved | Whereabouts::Unknown)
}

/// The whole table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Balance {
    /// Its rows.
    pub rows: Vec<BalanceRow>,
    /// Their sum.
    pub total: BalanceRow,
}

/// A counted group: unit, class (none for children from elsewhere), how many.
pub type Counted = (Option<UnitId>, Option<Whereabouts>, i64);

/// Lays the table out: a row for every unit in the order given, then one for those of no known unit, if any.
pub fn balance(units: impl IntoIterator<Item = UnitId>, counted: &[Counted]) -> Balance {
    let mut rows: Vec<BalanceRow> =
        units.into_iter().map(|unit| BalanceRow { unit: Some(unit), ..BalanceRow::default() }).collect();
    let mut nowhere = BalanceRow::default();
    for &(unit, class, n) in counted {
        let row = rows.iter_mut().find(|row| row.unit == unit && unit.is_some()).unwrap_or(&mut nowhere);
        match class.and_then(position) {
            Some(at) => row.classes[at] += n,
            None => row.from_elsewhere += n,
        }
    }
    if nowhere != BalanceRow::default() {
        rows.push(nowhere);
    }
    let mut total = BalanceRow::default();
    for row in &rows {
        total.add(row);
    }
    Balance { rows, total }
}

fn position(class: Whereabouts) -> Option<usize> {
    Whereabouts::ALL.iter().position(|c| *c == class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nobody_is_lost_in_the_table(groups in proptest::collection::vec((0..4_usize, 0..10_usize, 0..50_i64), 0..40)) {
            let units: Vec<UnitId> = (0..3).map(|_| UnitId::new()).collect();
            let counted: Vec<Counted> = groups
                .iter()
                .map(|(unit, class, n)| (units.get(*unit).copied(), Whereabouts::ALL.get(*class).copied(), *n))
                .collect();
            let table = balance(units, &counted);
            let registered: i64 = counted.iter().filter(|c| c.1.is_some()).map(|c| c.2).sum();
            let elsewhere: i64 = counted.iter().filter(|c| c.1.is_none()).map(|c| c.2).sum();
            prop_assert_eq!(table.total.registered(), registered);
            prop_assert_eq!(table.total.from_elsewhere, elsewhere);
            prop_assert_eq!(table.rows.iter().map(BalanceRow::registered).sum::<i64>(), registered);
        }
    }
}
