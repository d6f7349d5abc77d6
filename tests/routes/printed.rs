//! The matrix as an official reads it.

#[test]
fn the_matrix_reads_as_it_was_agreed() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("matrix", quanxue::domain::access::printed());
    });
}
