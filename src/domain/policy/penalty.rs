//! What a policy says of penalties and the court: whether, on which legal basis, when the demand may be served, and who
//! may pass the step over where there is no basis (design.md §4.7).

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Read, Stop};
use super::ladder::Owner;
use super::organ::Organ;

/// The legal basis of a penalty (design.md §4.7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PenaltyBasis {
    /// The regulation.
    pub law: String,
    /// Its article.
    pub article: String,
    /// The range of the penalty.
    pub range: String,
    /// The document by which the issuer has the power.
    pub authority: String,
}

/// Whether penalties are imposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PenaltyRule {
    /// On only with a basis.
    pub enabled: bool,
    /// The basis.
    #[serde(default)]
    pub basis: Option<PenaltyBasis>,
    /// The demand (催告) may be served while the remedies still run; many courts want them lapsed first.
    #[serde(default)]
    pub demand_before_lapse: bool,
    /// Who may propose to pass the step over where there is no basis.
    #[serde(default)]
    pub skip_by: Option<Owner>,
    /// The second person who agrees to it.
    #[serde(default)]
    pub skip_decided_by: Option<Owner>,
}

impl PenaltyRule {
    /// A penalty may be imposed: the county does so and its legal basis is on record.
    pub const fn is_lawful(&self) -> bool {
        self.enabled && self.basis.is_some()
    }
}

/// The local basis by which an organ that the law does not name may order (law.md §0.11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalBasis {
    /// Its id, by which profiles are merged.
    pub id: String,
    /// Which organ.
    pub organ: Organ,
    /// The document and clause.
    pub text: String,
}

impl Read for PenaltyBasis {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["law", "article", "range", "authority"])?;
        Ok(Self {
            law: at.need("law")?,
            article: at.need("article")?,
            range: at.need("range")?,
            authority: at.need("authority")?,
        })
    }
}

impl Read for PenaltyRule {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["enabled", "basis", "demand_before_lapse", "skip_by", "skip_decided_by"])?;
        Ok(Self {
            enabled: at.need("enabled")?,
            basis: at.maybe("basis")?,
            demand_before_lapse: at.maybe("demand_before_lapse")?.unwrap_or(false),
            skip_by: at.maybe("skip_by")?,
            skip_decided_by: at.maybe("skip_decided_by")?,
        })
    }
}

impl Read for LocalBasis {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let at = at.table(&["id", "organ", "text"])?;
        Ok(Self { id: at.need("id")?, organ: at.need("organ")?, text: at.need("text")? })
    }
}
