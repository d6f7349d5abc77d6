//! What the environment may say, and the sentences when it says something else.
#![expect(clippy::unwrap_used, reason = "tests")]

use quanxue::config::{Config, Database, Environment, Purpose, Stage};

const PRODUCTION: [(&str, &str); 5] = [
    ("QUANXUE_ENV", "production"),
    ("QUANXUE_DATA", "/srv/quanxue"),
    ("QUANXUE_KEY_FILE", "/etc/quanxue/key"),
    ("QUANXUE_ORIGIN", "https://quanxue.example.gov.cn"),
    ("QUANXUE_PROXIES", "127.0.0.1, ::1"),
];

fn production_with(changes: &[(&str, &str)]) -> Result<Config, String> {
    let mut pairs: Vec<(&str, &str)> = PRODUCTION.to_vec();
    for &(name, value) in changes {
        pairs.retain(|(other, _)| *other != name);
        pairs.push((name, value));
    }
    Config::read(&pairs.into_iter().collect(), Purpose::Service).map_err(|error| error.to_string())
}

fn refused(changes: &[(&str, &str)], named: &str) {
    let sentence = production_with(changes).unwrap_err();
    assert!(sentence.contains(named) && sentence.lines().count() == 1, "{changes:?}: {sentence}");
}

#[test]
fn nothing_set_is_development_with_a_database_of_its_own() {
    let config = Config::read(&Environment::from([("HOME", "/home/someone")]), Purpose::Service).unwrap();
    assert_eq!(config.stage, Stage::Development);
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert!(matches!(config.database, Database::Private(settings) if settings.data == config.data));
}

#[test]
fn the_demo_keeps_away_from_the_services_data_and_has_its_own_day() {
    let env = Environment::from([("HOME", "/home/someone")]);
    let (service, demo) = (Config::read(&env, Purpose::Service).unwrap(), Config::read(&env, Purpose::Demo).unwrap());
    assert_ne!(service.data, demo.data);
    assert_eq!(demo.clock.today().to_string(), "2026-10-15");
    let env = Environment::from([("HOME", "/home/someone"), ("QUANXUE_NOW", "2026-09-14T08:00:00+08:00")]);
    assert_eq!(Config::read(&env, Purpose::Demo).unwrap().clock.today().to_string(), "2026-09-14");
}

#[test]
fn a_complete_production_environment_is_accepted() {
    let config = production_with(&[]).unwrap();
    assert_eq!(config.stage, Stage::Production);
    assert_eq!(config.proxies.len(), 2);
}

#[test]
fn production_refuses_a_set_clock() {
    refused(&[("QUANXUE_NOW", "2026-09-14T08:00:00+08:00")], "QUANXUE_NOW");
}

#[test]
fn production_refuses_what_was_left_at_its_default() {
    refused(&[("QUANXUE_DATA", "")], "QUANXUE_DATA");
    refused(&[("QUANXUE_KEY_FILE", "")], "QUANXUE_KEY_FILE");
}

#[test]
fn production_refuses_plain_http_and_wants_to_know_who_does_the_tls() {
    refused(&[("QUANXUE_ORIGIN", "http://quanxue.example.gov.cn")], "https://");
    refused(&[("QUANXUE_ORIGIN", "")], "https://");
    refused(&[("QUANXUE_PROXIES", "")], "QUANXUE_PROXIES");
}

#[test]
fn production_refuses_a_password_in_the_environment() {
    refused(&[("DATABASE_URL", "postgres://quanxue_login:hunter2@db/quanxue")], "QUANXUE_DATABASE_PASSWORD_FILE");
    refused(&[("DATABASE_URL", "postgres://db/quanxue?user=a&password=hunter2")], "QUANXUE_DATABASE_PASSWORD_FILE");
    assert!(production_with(&[("DATABASE_URL", "postgres://quanxue_login@db:5432/quanxue")]).is_ok());
}

#[test]
fn production_does_not_run_the_demo() {
    let env = PRODUCTION.into_iter().collect();
    assert!(Config::read(&env, Purpose::Demo).unwrap_err().to_string().contains("演示"));
}

#[test]
fn everything_wrong_is_said_at_once_each_by_its_name() {
    let env = Environment::from([
        ("QUANXUE_ENV", "prod"),
        ("QUANXUE_NOW", "tomorrow"),
        ("QUANXUE_HOST", "my machine"),
        ("QUANXUE_PORT", "70000"),
        ("QUANXUE_ORIGIN", "quanxue.example.gov.cn/"),
        ("QUANXUE_PROXIES", "proxy"),
        ("QUANXUE_DATA", "data"),
        ("DATABASE_URL", "mysql://db"),
        ("QUANXUE_DATABASE_PASSWORD_FILE", "/nowhere/at/all"),
    ]);
    let sentences = Config::read(&env, Purpose::Service).unwrap_err().to_string();
    for name in ["ENV", "NOW", "HOST", "PORT", "ORIGIN", "PROXIES", "DATA", "DATABASE_PASSWORD_FILE"] {
        assert!(sentences.contains(&format!("QUANXUE_{name}")), "{name} is not named in {sentences}");
    }
    assert!(sentences.contains("DATABASE_URL"));
}

#[test]
fn a_password_is_read_from_its_file_and_never_printed() {
    let file = std::env::temp_dir().join(format!("quanxue-password-{}", std::process::id()));
    std::fs::write(&file, "hunter2\n").unwrap();
    let path = file.to_str().unwrap();
    let config = production_with(&[("DATABASE_URL", "postgres://a@db/q"), ("QUANXUE_DATABASE_PASSWORD_FILE", path)]);
    std::fs::remove_file(&file).unwrap();
    let config = config.unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
    assert!(matches!(config.database, Database::Given { password: Some(p), .. } if p.reveal() == "hunter2"));
}
