//! Lists the profiles in `policies/`, so that adding a scheme needs a file and no code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("policies");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut listed = String::from("[\n");
    for file in &files {
        let name = file.file_name().unwrap_or_default();
        writeln!(listed, "    ({:?}, include_str!({:?})),", name.display().to_string(), file.display().to_string())?;
    }
    listed.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("profiles.rs"), listed)?;
    Ok(())
}
