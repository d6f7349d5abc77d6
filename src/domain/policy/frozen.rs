//! An adopted policy as it is stored: canonical JSON with the number of its shape, read back whatever version wrote it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Policy;

#[derive(Deserialize)]
struct Head {
    schema: u16,
}

/// An adopted policy that cannot be read back.
#[derive(Debug, thiserror::Error)]
pub enum FrozenFault {
    /// It is no policy of a version known here.
    #[error("the adopted policy does not parse: {0}")]
    Json(#[from] serde_json::Error),
    /// It was written by a later version.
    #[error("the adopted policy has schema {0}, this version reads up to {reads}", reads = Policy::SCHEMA)]
    Schema(u16),
}

impl Policy {
    /// The shape that this version writes.
    pub const SCHEMA: u16 = 3;

    /// The text that is stored and hashed on adoption: fields in the order of their declaration, no spaces.
    pub fn canonical_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads an adopted policy back; what is stored stays as it was signed, whatever shape it has.
    pub fn from_canonical_json(text: &str) -> Result<Self, FrozenFault> {
        let Head { schema } = serde_json::from_str(text)?;
        match schema {
            Self::SCHEMA => Ok(serde_json::from_str(text)?),
            2 => Ok(serde_json::from_value(third(serde_json::from_str(text)?))?),
            1 => Ok(serde_json::from_value(third(second(serde_json::from_str(text)?)))?),
            other => Err(FrozenFault::Schema(other)),
        }
    }
}

/// The first shape knew one report, the roster of a term's opening, and meant the county's gate wherever the county
/// decides; the second has a list of reports and says each gate.
fn second(mut first: Value) -> Value {
    for step in rows(&mut first, "ladder").filter(|step| step["rung"] == "county_decision") {
        step["gate"] = json!("county_decision");
    }
    for rule in rows(&mut first, "dispositions").filter(|rule| rule["kind"] == "county_decision") {
        for item in rows(rule, "items").filter(|item| item["need"] == "joint_visits" || item["need"] == "pupil_media") {
            item["gate"] = json!("county_decision");
        }
    }
    let opening = first.as_object_mut().and_then(|policy| policy.remove("opening")).unwrap_or_default();
    let within = &opening["roster_within"];
    let report = |opening: &Value| {
        json!({
            "id": "REP-14", "what": "报送未到校学生名单（附件2）",
            "from": opening["roster_from"], "to": [opening["roster_to"]],
            "when": { "after_opening": within["value"] },
            "form": opening["roster_form"], "zero": true,
            "basis": { "text": "实施方案", "source": within["source"], "quote": within["quote"] },
        })
    };
    let reports: Vec<Value> = Some(&opening).filter(|opening| opening.is_object()).map(report).into_iter().collect();
    first["schema"] = json!(2);
    first["reporting"] = json!({ "before_is_inclusive": { "value": true } });
    first["reports"] = json!(reports);
    first
}

/// The second shape had guards that meant one rung each, and the gate of a guard beside it; the third says both in the
/// guard itself.
fn third(mut second: Value) -> Value {
    for step in rows(&mut second, "ladder") {
        let gate = step.as_object_mut().and_then(|step| step.remove("gate"));
        let gate = gate.as_ref().and_then(Value::as_str).unwrap_or("notice").to_owned();
        for guard in rows(step, "guards") {
            let word = match guard.as_str() {
                Some("joint_visits") => format!("visits:{gate}"),
                Some("deadline_passed") => "expired:deadline_notice".to_owned(),
                Some("verified_absent") => "verified:deadline_notice".to_owned(),
                Some("county_agreed") => "done:county_decision".to_owned(),
                _ => continue,
            };
            *guard = json!(word);
        }
    }
    second["schema"] = json!(3);
    second
}

fn rows<'a>(of: &'a mut Value, key: &str) -> impl Iterator<Item = &'a mut Value> {
    of.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
}
