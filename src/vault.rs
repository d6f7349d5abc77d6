//! The vault: numbers and phones sealed with the county's key, found again by keyed hashes.
//!
//! The key file holds the master key; it is part of the one backup with database and files.
//! Sealed form: one byte for the algorithm (1 = AES-256-GCM), twelve of nonce, then ciphertext and tag.
//! What a value belongs to (`table.column`, row) is authenticated with it, so that no value can be moved.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, RwLock};

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::domain::ids::CountyId;

const AES_256_GCM: u8 = 1;
const NONCE: usize = 12;

/// Why the vault cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The key file cannot be read or made.
    #[error("密钥文件 {path} 无法读写：{source}")]
    KeyFile {
        /// Where it should be.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is there but is no key file of this program.
    #[error("密钥文件 {0} 已损坏，请从备份中恢复；没有它，身份证号和电话无法还原")]
    BadKeyFile(String),
    /// A value that this key does not open, or that was moved or altered.
    #[error("密文无法还原：密钥不符，或数据被改动")]
    Sealed,
}

type Result<T> = std::result::Result<T, VaultError>;

/// The master key, and the county keys opened so far.
#[derive(Debug, Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    master: Zeroizing<[u8; 32]>,
    counties: RwLock<HashMap<CountyId, CountyKey>>,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

/// One county's key.
#[derive(Clone)]
pub struct CountyKey {
    county: CountyId,
    sealing: Aes256Gcm,
    indexing: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for CountyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CountyKey({})", self.county)
    }
}

/// What a blind index is for; each has a key of its own.
#[derive(Debug, Clone, Copy)]
pub enum Index {
    /// A whole identity number.
    IdentityNumber,
    /// Its last four characters.
    Tail4,
    /// Its last six.
    Tail6,
    /// A roll number.
    RollNumber,
    /// A phone.
    Phone,
    /// An id as the audit's keeper sees it: always the same, and nobody's.
    Token,
}

impl Vault {
    /// Opens the key file, or makes it where there is none (readable by its owner only).
    pub fn open(path: &Path) -> Result<Self> {
        let fault = |source| VaultError::KeyFile { path: path.display().to_string(), source };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => make_key_file(path).map_err(fault)?,
            Err(error) => return Err(fault(error)),
        };
        let hex = text
            .lines()
            .find_map(|line| line.strip_prefix("master = "))
            .unwrap_or_default()
            .trim_matches('"')
            .to_owned();
        let mut master = Zeroizing::new([0; 32]);
        hex::decode_to_slice(hex, &mut *master).map_err(|_| VaultError::BadKeyFile(path.display().to_string()))?;
        Ok(Self(Arc::new(Inner { master, counties: RwLock::default() })))
    }

    /// A new county's key, wrapped for the database.
    pub fn new_county_key(&self, county: CountyId) -> Result<Vec<u8>> {
        let key: Zeroizing<[u8; 32]> = Zeroizing::new(rand::random());
        seal(&cipher(&self.0.master), &wrapping(county), &*key)
    }

    /// A county's key that was unwrapped before.
    pub fn known(&self, county: CountyId) -> Option<CountyKey> {
        self.0.counties.read().ok().and_then(|known| known.get(&county).cloned())
    }

    /// Unwraps a county's key and remembers it.
    pub fn county(&self, county: CountyId, wrapped: &[u8]) -> Result<CountyKey> {
        if let Some(key) = self.known(county) {
            return Ok(key);
        }
        let opened = Zeroizing::new(unseal(&cipher(&self.0.master), &wrapping(county), wrapped)?);
        let data: [u8; 32] = opened.as_slice().try_into().map_err(|_| VaultError::Sealed)?;
        let key = CountyKey {
            county,
            sealing: cipher(&data),
            indexing: Zeroizing::new(mac(&*self.0.master, &[b"index|", county.0.to_string().as_bytes()])),
        };
        if let Ok(mut known) = self.0.counties.write() {
            known.insert(county, key.clone());
        }
        Ok(key)
    }
}

impl CountyKey {
    /// Whose key it is.
    pub fn county(&self) -> CountyId {
        self.county
    }

    /// Seals a value into the place it belongs to.
    pub fn seal(&self, column: &str, row: Uuid, plain: &[u8]) -> Result<Vec<u8>> {
        seal(&self.sealing, &self.place(column, row), plain)
    }

    /// Opens a value from the place it belongs to.
    pub fn open(&self, column: &str, row: Uuid, sealed: &[u8]) -> Result<Vec<u8>> {
        unseal(&self.sealing, &self.place(column, row), sealed)
    }

    /// Opens a text.
    pub fn open_text(&self, column: &str, row: Uuid, sealed: &[u8]) -> Result<String> {
        String::from_utf8(self.open(column, row, sealed)?).map_err(|_| VaultError::Sealed)
    }

    /// The keyed hash by which a value is found without being read.
    pub fn index(&self, index: Index, value: &str) -> Vec<u8> {
        let purpose: &[u8] = match index {
            Index::IdentityNumber => b"idno|",
            Index::Tail4 => b"tail4|",
            Index::Tail6 => b"tail6|",
            Index::RollNumber => b"roll|",
            Index::Phone => b"phone|",
            Index::Token => b"token|",
        };
        mac(&*self.indexing, &[purpose, value.as_bytes()]).to_vec()
    }

    fn place(&self, column: &str, row: Uuid) -> Vec<u8> {
        format!("{}|{column}|{row}", self.county).into_bytes()
    }
}

fn make_key_file(path: &Path) -> std::io::Result<String> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let key: Zeroizing<[u8; 32]> = Zeroizing::new(rand::random());
    let text = format!(
        "# 劝学主密钥：与数据库、文件夹一同备份，分开保管；丢失后身份证号和电话无法还原。\nmaster = \"{}\"\n",
        hex::encode(*key)
    );
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(text)
}

fn wrapping(county: CountyId) -> Vec<u8> {
    format!("{county}|county.wrapped_key").into_bytes()
}

fn cipher(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key))
}

fn seal(cipher: &Aes256Gcm, place: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let nonce: [u8; NONCE] = rand::random();
    let sealed =
        cipher.encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: place }).map_err(|_| VaultError::Sealed)?;
    Ok([&[AES_256_GCM], nonce.as_slice(), &sealed].concat())
}

fn unseal(cipher: &Aes256Gcm, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    let (head, body) = sealed.split_at_checked(1 + NONCE).ok_or(VaultError::Sealed)?;
    let nonce: [u8; NONCE] = head[1..].try_into().map_err(|_| VaultError::Sealed)?;
    if head[0] != AES_256_GCM {
        return Err(VaultError::Sealed);
    }
    cipher.decrypt(&Nonce::from(nonce), Payload { msg: body, aad: place }).map_err(|_| VaultError::Sealed)
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of every length.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(vault: &Vault, county: i32) -> CountyKey {
        let county = CountyId(county);
        vault.county(county, &vault.new_county_key(county).unwrap()).unwrap()
    }

    fn vault(name: &str) -> Vault {
        let dir = std::env::temp_dir().join(format!("quanxue-vault-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        Vault::open(&dir.join("keys.toml")).unwrap()
    }

    #[test]
    fn a_sealed_value_opens_only_where_it_belongs() {
        let vault = vault("place");
        let (here, there) = (key(&vault, 500_229), key(&vault, 341_522));
        let (row, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = here.seal("child.idno", row, b"500229201406022417").unwrap();
        assert_eq!(here.open_text("child.idno", row, &sealed).unwrap(), "500229201406022417");
        assert!(here.open("child.idno", other, &sealed).is_err());
        assert!(here.open("guardian.phone", row, &sealed).is_err());
        assert!(there.open("child.idno", row, &sealed).is_err());
        let mut bent = sealed.clone();
        bent[20] ^= 1;
        assert!(here.open("child.idno", row, &bent).is_err());
        assert!(here.open("child.idno", row, &sealed[..5]).is_err());
    }

    #[test]
    fn an_index_is_the_same_twice_and_differs_by_county_and_purpose() {
        let vault = vault("index");
        let (here, there) = (key(&vault, 500_229), key(&vault, 341_522));
        let of = |key: &CountyKey, index| key.index(index, "2417");
        assert_eq!(of(&here, Index::Tail4), of(&here, Index::Tail4));
        assert_ne!(of(&here, Index::Tail4), of(&there, Index::Tail4));
        assert_ne!(of(&here, Index::Tail4), of(&here, Index::Phone));
    }
}
