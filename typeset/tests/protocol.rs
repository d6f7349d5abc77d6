//! The pipe as the main program sees it: jobs in, answers out, an end when nobody speaks any more.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

fn start() -> Child {
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/../var/fonts");
    Command::new(env!("CARGO_BIN_EXE_quanxue-typeset"))
        .args(["--fonts", fonts])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn send(child: &mut Child, body: &[u8]) {
    let input = child.stdin.as_mut().unwrap();
    input.write_all(&u32::try_from(body.len()).unwrap().to_be_bytes()).unwrap();
    input.write_all(body).unwrap();
    input.flush().unwrap();
}

fn frame(child: &mut Child) -> Vec<u8> {
    let output = child.stdout.as_mut().unwrap();
    let mut length = [0; 4];
    output.read_exact(&mut length).unwrap();
    let mut body = vec![0; u32::from_be_bytes(length) as usize];
    output.read_exact(&mut body).unwrap();
    body
}

fn answer(child: &mut Child) -> Value {
    serde_json::from_slice(&frame(child)).unwrap()
}

fn job(template: &str, date: &str, items: &[Value]) -> Vec<u8> {
    json!({"template": template, "title": "复学承诺书", "date": date, "items": items}).to_string().into_bytes()
}

#[test]
fn jobs_are_answered_in_turn_until_the_input_closes() {
    let mut child = start();
    let paper = json!({"title": "复学承诺书"});
    send(&mut child, &job("commitment", "2026-10-12", &[paper.clone(), paper.clone()]));
    assert_eq!(answer(&mut child), json!({"done": 1}), "are the fonts there? run bin/fonts");
    assert_eq!(answer(&mut child), json!({"done": 2}));
    assert_eq!(answer(&mut child), json!({"pages": [1, 1], "missing": [], "warnings": []}));
    assert!(frame(&mut child).starts_with(b"%PDF-1.7"));

    for (template, date, items, reason) in [
        ("no-such-paper", "2026-10-12", vec![paper.clone()], "no-such-paper"),
        ("commitment", "2026-02-30", vec![paper.clone()], "date"),
        ("commitment", "2026-10-12", vec![], "without papers"),
    ] {
        send(&mut child, &job(template, date, &items));
        let mut last = answer(&mut child);
        if last.get("done").is_some() {
            last = answer(&mut child);
        }
        assert!(last["error"].as_str().unwrap().contains(reason), "{last}");
    }

    send(&mut child, &job("commitment", "2026-10-12", &[paper]));
    assert_eq!(answer(&mut child), json!({"done": 1}));
    answer(&mut child);
    frame(&mut child);
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_is_no_job_ends_the_process_with_a_word() {
    for nonsense in [&b"{}"[..], b"[", b"\xff\xff"] {
        let mut child = start();
        send(&mut child, nonsense);
        let output = child.wait_with_output().unwrap();
        assert!(!output.status.success() && output.stdout.is_empty());
        assert!(String::from_utf8(output.stderr).unwrap().starts_with("quanxue-typeset: "));
    }
    let mut child = start();
    child.stdin.as_mut().unwrap().write_all(b"\xff\xff\xff\xff").unwrap();
    assert!(!child.wait().unwrap().success(), "a job of four gigabytes");
}
