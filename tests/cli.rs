//! The command line from outside: Chinese throughout, and a sentence for every mistake.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::process::{Command, Output};

fn quanxue(args: &[&str], env: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quanxue")).args(args).envs(env.iter().copied()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The commands that the help lists.
fn commands(help: &str) -> Vec<String> {
    let listed = help.split("命令：\n").nth(1).unwrap_or_default();
    let lines = listed.lines().take_while(|line| line.starts_with("  "));
    lines.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

/// The help of a command and of all below it, each with the command line that asked.
fn helps(command: &[&str]) -> Vec<(String, String)> {
    let output = quanxue(&[command, &["--help"]].concat(), &[]);
    assert!(output.status.success(), "{command:?}: {}", text(&output.stderr));
    let help = text(&output.stdout);
    let below: Vec<String> = commands(&help);
    let deeper = below.iter().flat_map(|name| helps(&[command, &[name]].concat()));
    let mut found: Vec<_> = deeper.collect();
    found.push((command.join(" "), help));
    found
}

#[test]
fn the_help_of_every_command_is_in_chinese() {
    let found = helps(&[]);
    assert!(found.iter().any(|(command, _)| command == "check"), "{found:?}");
    for (command, help) in found {
        assert!(help.contains("用法："), "{command}: {help}");
        for english in
            ["Usage", "Options", "Commands", "Arguments", "Print", "OPTIONS", "COMMAND", "default:", "env:", "possible"]
        {
            assert!(!help.contains(english), "{command} says {english}: {help}");
        }
    }
}

#[test]
fn what_is_typed_wrongly_is_named_and_ends_with_two() {
    for (args, named) in [(&["chek"][..], "chek"), (&["check", "--all"], "--all"), (&[], "用法")] {
        let output = quanxue(args, &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(named), "{args:?}: {}", text(&output.stderr));
        assert!(!text(&output.stderr).contains("error"), "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn what_is_set_wrongly_is_named_and_ends_with_two() {
    let output = quanxue(&["check"], &[("QUANXUE_ENV", "production"), ("QUANXUE_NOW", "2026-09-14T08:00:00+08:00")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("QUANXUE_NOW"), "{}", text(&output.stderr));
}
