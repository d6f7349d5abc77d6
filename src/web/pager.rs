//! Pages of a long list: which rows this one shows, and where the others are.

/// Rows a page.
pub(crate) const ROWS: i64 = 50;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pager {
    /// Which page, from 1.
    pub page: i64,
    /// Rows in all.
    pub total: i64,
    /// Rows a page.
    rows: i64,
    /// The list's address with its filters, without the page.
    base: String,
}

impl Pager {
    /// A page of the list at `path` under the filters that narrow it.
    pub(crate) fn new(page: i64, total: i64, path: &str, filters: &[(&str, &str)]) -> Self {
        Self::of(ROWS, page, total, path, filters)
    }

    /// A page of so many rows.
    pub(crate) fn of(rows: i64, page: i64, total: i64, path: &str, filters: &[(&str, &str)]) -> Self {
        let kept: Vec<_> = filters.iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = serde_html_form::to_string(&kept).unwrap_or_default();
        let base = if query.is_empty() { format!("{path}?") } else { format!("{path}?{query}&") };
        Self { page, total, rows, base }
    }

    /// From where the page's rows begin.
    pub(crate) const fn offset(page: i64) -> i64 {
        (page - 1) * ROWS
    }

    /// The number of its first row.
    pub(crate) const fn first(&self) -> i64 {
        (self.page - 1) * self.rows + 1
    }

    /// The number of its last row.
    pub(crate) fn last(&self) -> i64 {
        (self.page * self.rows).min(self.total)
    }

    /// The page before.
    pub(crate) fn back(&self) -> Option<String> {
        (self.page > 1).then(|| format!("{}page={}", self.base, self.page - 1))
    }

    /// The page after.
    pub(crate) fn on(&self) -> Option<String> {
        (self.page * self.rows < self.total).then(|| format!("{}page={}", self.base, self.page + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_stay_while_pages_turn() {
        let pager = Pager::new(2, 120, "/users", &[("text", "谭"), ("role", "")]);
        assert_eq!((pager.first(), pager.last()), (51, 100));
        assert_eq!(pager.back().unwrap(), "/users?text=%E8%B0%AD&page=1");
        assert_eq!(pager.on().unwrap(), "/users?text=%E8%B0%AD&page=3");
        let last = Pager::new(3, 120, "/users", &[]);
        assert_eq!((last.last(), last.on()), (120, None));
        assert_eq!(last.back().unwrap(), "/users?page=2");
    }
}
