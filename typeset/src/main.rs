//! Turns a template and its facts into PDF/A.

fn main() {}
