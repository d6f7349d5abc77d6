//! Passwords: hashed with argon2id, judged by the 等保 rules, first ones made at random.

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};

/// The shortest password a person may choose (等保三级 profile; security.md C5).
pub const MIN_LENGTH: usize = 12;
/// The longest, so that hashing stays cheap to refuse.
pub const MAX_LENGTH: usize = 128;

/// argon2id with the cost of this installation.
#[derive(Debug, Clone)]
pub struct PasswordHasher {
    params: Params,
    /// A hash of nothing anybody knows: checked against when the account does not exist, so that both take as long.
    decoy: String,
}

/// Hashing failed; a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("password hashing failed")]
pub struct HashError;

impl PasswordHasher {
    /// Memory in KiB, passes; 64 MiB and three passes in production.
    pub fn new(memory_kib: u32, passes: u32) -> Result<Self, HashError> {
        let params = Params::new(memory_kib, passes, 1, None).map_err(|_| HashError)?;
        let mut hasher = Self { params, decoy: String::new() };
        hasher.decoy = hasher.hash_now(&random_password())?;
        Ok(hasher)
    }

    /// The cost for real accounts (m = 64 MiB, t = 3, p = 1).
    pub fn production() -> Result<Self, HashError> {
        Self::new(64 * 1024, 3)
    }

    /// Hashes a password off the async threads.
    pub async fn hash(&self, password: String) -> Result<String, HashError> {
        let this = self.clone();
        tokio::task::spawn_blocking(move || this.hash_now(&password)).await.map_err(|_| HashError)?
    }

    /// Whether a password is that of a hash; without a hash it takes as long and says no.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, HashError> {
        let this = self.clone();
        tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or(&this.decoy);
            known & this.argon2().verify_password(password.as_bytes(), hash).is_ok()
        })
        .await
        .map_err(|_| HashError)
    }

    fn argon2(&self) -> Argon2<'_> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
    }

    fn hash_now(&self, password: &str) -> Result<String, HashError> {
        Ok(self.argon2().hash_password(password.as_bytes()).map_err(|_| HashError)?.to_string())
    }
}

/// A first password: sixteen characters that are not mistaken for each other on paper, of three classes and a hyphen.
pub fn random_password() -> String {
    use rand::RngExt as _;
    const LOWER: &[u8] = b"abcdefghjkmnpqrstuvwxyz";
    const UPPER: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ";
    const DIGIT: &[u8] = b"23456789";
    let mut rng = rand::rng();
    let mut group = |classes: [&[u8]; 4]| -> String {
        classes.map(|class| char::from(class[rng.random_range(0..class.len())])).into_iter().collect()
    };
    [group([LOWER, UPPER, DIGIT, LOWER]), group([UPPER, LOWER, LOWER, DIGIT]), group([LOWER, DIGIT, UPPER, LOWER])]
        .join("-")
}

/// What is wrong with a password that a person chose; empty when it will do.
///
/// `context` are words it must not contain: login, name in pinyin, the county's name.
pub fn weaknesses(password: &str, context: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let length = password.chars().count();
    if length < MIN_LENGTH {
        found.push(format!("至少 {MIN_LENGTH} 个字符，现在只有 {length} 个"));
    }
    if length > MAX_LENGTH {
        found.push(format!("最多 {MAX_LENGTH} 个字符"));
    }
    if classes(password) < 3 {
        found.push("大写字母、小写字母、数字、符号四类中至少要有三类".to_owned());
    }
    let lower = password.to_lowercase();
    let known = ["password", "quanxue", "kongchuo", "admin", "123456", "qwerty", "111111", "abc123"];
    let words = context.iter().map(|w| w.to_lowercase()).filter(|w| w.chars().count() >= 3);
    if known.into_iter().map(str::to_owned).chain(words).any(|word| lower.contains(&word)) {
        found.push("不要含有账号、姓名、单位名，或“123456”一类人人知道的词".to_owned());
    }
    if password.chars().collect::<std::collections::HashSet<_>>().len() < 6 && length >= MIN_LENGTH {
        found.push("重复的字符太多".to_owned());
    }
    found
}

fn classes(password: &str) -> usize {
    let any = |f: fn(&char) -> bool| usize::from(password.chars().any(|c| f(&c)));
    any(char::is_ascii_lowercase)
        + any(char::is_ascii_uppercase)
        + any(char::is_ascii_digit)
        + any(|c| !c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_password_passes_its_own_rules() {
        for _ in 0..100 {
            let password = random_password();
            assert_eq!(weaknesses(&password, &["tanxiaoyan"]), Vec::<String>::new(), "{password}");
        }
    }

    #[test]
    fn each_weakness_is_named() {
        assert_eq!(weaknesses("短", &[]).len(), 2);
        assert_eq!(weaknesses("abcdefghijklmnop", &[]).len(), 1);
        assert!(weaknesses("Tanxiaoyan-2026", &["tanxiaoyan"])[0].contains("账号"));
        assert!(weaknesses("Aa1aAa1aAa1a", &[])[0].contains("重复"));
        assert_eq!(weaknesses(&"Aa1-".repeat(40), &[]).len(), 2);
    }
}
