//! What an import found, as JSON for the command line.

use serde_json::{Value, json};

use crate::domain::intake::Fault;

/// `{"rows":N,"good":N,"faults":[{"sheet","row","column","code","message"}]}`
pub fn report_json(rows: usize, good: usize, faults: &[Fault]) -> Value {
    let faults = faults.iter().map(|fault| {
        json!({
            "sheet": fault.sheet,
            "row": fault.row,
            "column": fault.column,
            "code": fault.code.code(),
            "message": fault.message,
        })
    });
    json!({ "rows": rows, "good": good, "faults": faults.collect::<Vec<_>>() })
}
