//! What a use case is handed: the doors, the vault, the counties' units.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, RwLock};

use crate::app::password::PasswordHasher;
use crate::app::policy::RulesCache;
use crate::db::{Db, DbError, counties};
use crate::domain::ids::CountyId;
use crate::domain::units::Units;
use crate::files::{Files, FilesError};
use crate::papers::{Typesetter, TypesetterSettings};
use crate::sheets::Reader;
use crate::vault::{CountyKey, Vault, VaultError};

/// Everything behind the pages. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Services {
    /// The three doors.
    pub db: Db,
    /// The keys.
    pub vault: Vault,
    /// How passwords are hashed here.
    pub passwords: PasswordHasher,
    /// The stored files.
    pub files: Files,
    /// Reads workbooks, each in a child process.
    pub sheets: Reader,
    /// Sets papers, in a child process.
    pub typesetter: Typesetter,
    /// The rules of the counties, decoded.
    pub(crate) rules: RulesCache,
    units: Arc<RwLock<HashMap<CountyId, Arc<Units>>>>,
}

/// Why a use case could not be carried out, beyond what its own refusals say.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The file store.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The county has not adopted any policy yet: nothing can be judged.
    #[error("the county has adopted no policy")]
    NoPolicy,
    /// A fault of ours, in words for the log.
    #[error("{0}")]
    Fault(String),
}

impl Services {
    /// Puts the pieces together.
    pub fn new(db: Db, vault: Vault, passwords: PasswordHasher, files: Files) -> Self {
        let sheets = Reader::of(std::env::current_exe().unwrap_or_default());
        let typesetter = Typesetter::new(TypesetterSettings::in_data(Path::new(".")));
        Self { db, vault, passwords, files, sheets, typesetter, rules: RulesCache::default(), units: Arc::default() }
    }

    /// Reads workbooks through another program: tests are not the program themselves.
    #[must_use]
    pub fn with_sheets(self, sheets: Reader) -> Self {
        Self { sheets, ..self }
    }

    /// Sets papers as the configuration says.
    #[must_use]
    pub fn with_typesetter(self, settings: TypesetterSettings) -> Self {
        Self { typesetter: Typesetter::new(settings), ..self }
    }

    /// The county's units, from memory once they have been read.
    pub async fn units(&self, county: CountyId) -> Result<Arc<Units>, AppError> {
        if let Some(units) = self.units.read().ok().and_then(|known| known.get(&county).cloned()) {
            return Ok(units);
        }
        let mut gate = self.db.gate().await?;
        let units = Arc::new(counties::units(&mut gate, county).await?);
        gate.commit().await?;
        if let Ok(mut known) = self.units.write() {
            known.insert(county, Arc::clone(&units));
        }
        Ok(units)
    }

    /// Forgets the county's units, because they were changed.
    pub fn units_changed(&self, county: CountyId) {
        if let Ok(mut known) = self.units.write() {
            known.remove(&county);
        }
    }

    /// The county's key, from memory once it has been unwrapped.
    pub async fn key(&self, county: CountyId) -> Result<CountyKey, AppError> {
        if let Some(key) = self.vault.known(county) {
            return Ok(key);
        }
        let mut gate = self.db.gate().await?;
        let wrapped = counties::wrapped_key(&mut gate, county).await?;
        gate.commit().await?;
        Ok(self.vault.county(county, &wrapped)?)
    }
}
