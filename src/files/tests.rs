//! What lies in the folder is sealed, is never overwritten, and opens only where it belongs.

use std::path::PathBuf;

use super::*;
use crate::domain::ids::CountyId;
use crate::vault::Vault;

/// A folder of its own, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("quanxue-files-{}", FileId::new()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn files(&self) -> Files {
        Files::folder(&self.0.join("files")).unwrap()
    }

    fn key(&self, county: i32) -> CountyKey {
        let vault = Vault::open(&self.0.join("key")).unwrap();
        let county = CountyId(county);
        vault.county(county, &vault.new_county_key(county).unwrap()).unwrap()
    }

    /// Every stored object: its name below the folder, its bytes.
    fn stored(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        let mut dirs = vec![self.0.join("files")];
        while let Some(dir) = dirs.pop() {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    dirs.push(path);
                } else {
                    let name = path.strip_prefix(self.0.join("files")).unwrap().display().to_string();
                    found.push((name, std::fs::read(&path).unwrap()));
                }
            }
        }
        found
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

#[tokio::test]
async fn what_is_put_comes_back_and_the_disk_does_not_hold_it_in_plain() {
    let folder = Folder::new();
    let (files, key, id) = (folder.files(), folder.key(500_229), FileId::new());
    let plain = "谭小燕 500229201406022417 ".repeat(50).into_bytes();
    files.put(&key, id, Part::Body, plain.clone().into()).await.unwrap();
    assert_eq!(files.get(&key, id, Part::Body).await.unwrap(), plain);
    let stored = folder.stored();
    assert_eq!(stored.len(), 1, "one object and nothing left over: {stored:?}");
    let name = id.0.simple().to_string();
    assert_eq!(stored[0].0, format!("500229/{}/{name}.body", &name[..2]));
    assert!(!stored[0].1.windows(8).any(|piece| plain.windows(8).any(|other| other == piece)));
}

#[tokio::test]
async fn a_part_opens_only_as_itself_and_under_its_own_county() {
    let folder = Folder::new();
    let (files, here, there, id) = (folder.files(), folder.key(500_229), folder.key(341_522), FileId::new());
    files.put(&here, id, Part::Thumb, Bytes::from_static(b"small")).await.unwrap();
    assert!(files.get(&there, id, Part::Thumb).await.is_err(), "another county has no such object");
    let (name, sealed) = folder.stored().remove(0);
    // Somebody at the disk passes the thumb off as the body, and the file off as another.
    std::fs::write(folder.0.join("files").join(name.replace("thumb", "body")), &sealed).unwrap();
    assert!(matches!(files.get(&here, id, Part::Body).await, Err(FilesError::Sealed(_))));
    let other = FileId::new();
    files.put(&here, other, Part::Thumb, Bytes::from_static(b"other")).await.unwrap();
    let other_name = folder.stored().into_iter().find(|(n, _)| n.contains(&other.0.simple().to_string())).unwrap().0;
    std::fs::write(folder.0.join("files").join(other_name), &sealed).unwrap();
    assert!(matches!(files.get(&here, other, Part::Thumb).await, Err(FilesError::Sealed(_))));
}

#[tokio::test]
async fn what_is_stored_is_never_overwritten() {
    let folder = Folder::new();
    let (files, key, id) = (folder.files(), folder.key(500_229), FileId::new());
    files.put(&key, id, Part::Body, Bytes::from_static(b"first")).await.unwrap();
    assert!(files.put(&key, id, Part::Body, Bytes::from_static(b"second")).await.is_err());
    assert_eq!(files.get(&key, id, Part::Body).await.unwrap(), b"first");
}

#[tokio::test]
async fn more_than_fifty_megabytes_is_not_stored() {
    let folder = Folder::new();
    let (files, key) = (folder.files(), folder.key(500_229));
    let refused = files.put(&key, FileId::new(), Part::Body, vec![0; MAX_BYTES + 1].into()).await;
    assert!(matches!(refused, Err(FilesError::TooLarge(_))));
    assert!(folder.stored().is_empty());
}
