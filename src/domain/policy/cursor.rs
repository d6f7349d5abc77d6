//! Reads typed values out of a profile's tree; every fault is said in Chinese and names its file and key.

use std::cell::RefCell;

use super::node::{Node, Value};

/// Something wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.told())]
pub struct Problem {
    /// The file that holds the value.
    pub file: String,
    /// The key, from the top: `visit.min_units`; empty for the file itself.
    pub key: String,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl Problem {
    fn told(&self) -> String {
        let Self { file, key, sentence } = self;
        if key.is_empty() { format!("{file}：{sentence}") } else { format!("{file}，{key}：{sentence}") }
    }

    /// A problem at a place.
    pub fn at(file: impl Into<String>, key: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { file: file.into(), key: key.into(), sentence: sentence.into() }
    }
}

/// Reading cannot go on here; why is already among the problems.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stop;

/// A place in the tree.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    node: &'a Node,
    key: String,
    problems: &'a RefCell<Vec<Problem>>,
}

/// A value that can be read from a profile.
pub(super) trait Read: Sized {
    /// Reads it, or says what is wrong.
    fn read(at: &Cursor<'_>) -> Result<Self, Stop>;
}

impl<'a> Cursor<'a> {
    /// The top of a profile.
    pub(super) fn top(node: &'a Node, problems: &'a RefCell<Vec<Problem>>) -> Self {
        Self { node, key: String::new(), problems }
    }

    /// Notes a problem here.
    pub(super) fn fail(&self, sentence: impl Into<String>) -> Stop {
        self.problems.borrow_mut().push(Problem::at(&*self.node.file, &self.key, sentence));
        Stop
    }

    /// The value here, if it is neither table nor list.
    pub(super) fn scalar(&self) -> Result<&'a toml::Value, Stop> {
        match &self.node.value {
            Value::Scalar(value) => Ok(value),
            _ => Err(self.fail("这里应是一个值")),
        }
    }

    /// The elements here, each named by its id or its place.
    pub(super) fn list(&self) -> Result<Vec<Self>, Stop> {
        let Value::List(nodes) = &self.node.value else {
            return Err(self.fail("这里应是一个列表，写成 [ … ]"));
        };
        Ok(nodes.iter().enumerate().map(|(index, node)| self.child(node, &element_name(index, node))).collect())
    }

    /// The table here; keys it may not have are each a problem.
    pub(super) fn table(&self, known: &[&str]) -> Result<Self, Stop> {
        let Value::Table(table) = &self.node.value else { return Err(self.fail("这里应是一组“键 = 值”")) };
        for (key, node) in table.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            self.child(node, key).fail(format!("没有“{key}”这一项，这里可以写：{}", known.join("、")));
        }
        Ok(self.clone())
    }

    /// The value under a key, which must be there.
    pub(super) fn need<T: Read>(&self, key: &str) -> Result<T, Stop> {
        self.maybe(key)?.ok_or_else(|| self.fail(format!("缺“{key}”这一项")))
    }

    /// The value under a key, if it is there.
    pub(super) fn maybe<T: Read>(&self, key: &str) -> Result<Option<T>, Stop> {
        self.node.get(key).map(|node| T::read(&self.child(node, key))).transpose()
    }

    /// A key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.node.get(key).is_some()
    }

    fn child(&self, node: &'a Node, name: &str) -> Self {
        let key = if self.key.is_empty() { name.to_owned() } else { format!("{}.{name}", self.key) };
        Self { node, key, problems: self.problems }
    }
}

fn element_name(index: usize, node: &Node) -> String {
    node.text("id").map_or_else(|| format!("第{}项", index + 1), str::to_owned)
}

impl Read for String {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        match at.scalar()? {
            toml::Value::String(text) if !text.trim().is_empty() => Ok(text.clone()),
            _ => Err(at.fail("这里应是文字，写在引号里")),
        }
    }
}

impl Read for bool {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        at.scalar()?.as_bool().ok_or_else(|| at.fail("只能是 true 或 false"))
    }
}

impl Read for u16 {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let number = at.scalar()?.as_integer().and_then(|number| Self::try_from(number).ok());
        number.ok_or_else(|| at.fail("这里应是 0 到 65535 的整数"))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(at: &Cursor<'_>) -> Result<Self, Stop> {
        let read: Vec<Result<T, Stop>> = at.list()?.iter().map(T::read).collect();
        read.into_iter().collect()
    }
}

/// Reads the values of closed lists by their code.
macro_rules! read_codes {
    ($($name:ty),+ $(,)?) => {$(
        impl super::cursor::Read for $name {
            fn read(at: &super::cursor::Cursor<'_>) -> Result<Self, super::cursor::Stop> {
                let code = String::read(at)?;
                Self::from_code(&code).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|value| value.code()).collect();
                    at.fail(format!("不认识“{code}”，可以写：{}", known.join("、")))
                })
            }
        }
    )+};
}
pub(super) use read_codes;
