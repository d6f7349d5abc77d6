//! What an import found, as JSON for the command line.

use serde_json::{Value, json};

use crate::domain::intake::Intake;

/// `{"rows":N,"good":N,"faults":[{"sheet","row","column","code","message"}]}`
pub fn report_json<R>(intake: &Intake<R>) -> Value {
    let faults = intake.faults.iter().map(|fault| {
        json!({
            "sheet": fault.sheet,
            "row": fault.row,
            "column": fault.column,
            "code": fault.code.code(),
            "message": fault.message,
        })
    });
    json!({ "rows": intake.rows, "good": intake.good.len(), "faults": faults.collect::<Vec<_>>() })
}
