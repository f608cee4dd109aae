//! `records.parquet`: the records for databases and data frames, column by column.
//!
//! Every column is text, as the register has it: numbers keep their zeros, dates may lack their day. An empty cell is a null.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::store::StoreError;
use crate::store::folder::WholeFile;

/// Rows that are written together: as many wait in memory.
const GROUP: usize = 2_000;

/// A Parquet file that appears whole or not at all.
pub struct Columnar {
    out: SerializedFileWriter<WholeFile>,
    /// By column; empty cells are nulls.
    waiting: Vec<Vec<String>>,
    path: PathBuf,
}

impl std::fmt::Debug for Columnar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Columnar").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Columnar {
    /// Starts a file with these columns.
    pub fn create(path: &Path, columns: &[&str]) -> Result<Self, StoreError> {
        let refused = |error| refused(path, error);
        let fields = columns.iter().map(|name| Ok(Arc::new(text(name)?))).collect::<Result<Vec<_>, _>>();
        let schema = fields.and_then(|fields| Type::group_type_builder("records").with_fields(fields).build());
        let properties = WriterProperties::builder()
            .set_created_by(format!("sohoa {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::UNCOMPRESSED)
            .build();
        let out = SerializedFileWriter::new(
            WholeFile::create(path)?,
            Arc::new(schema.map_err(refused)?),
            Arc::new(properties),
        );
        Ok(Self { out: out.map_err(refused)?, waiting: vec![Vec::new(); columns.len()], path: path.to_owned() })
    }

    /// Adds a row, one cell for each column.
    pub fn row(&mut self, cells: Vec<String>) -> Result<(), StoreError> {
        for (column, cell) in self.waiting.iter_mut().zip(cells) {
            column.push(cell);
        }
        if self.waiting.first().is_some_and(|column| column.len() >= GROUP) { self.write() } else { Ok(()) }
    }

    /// Puts it in its place.
    pub fn keep(mut self) -> Result<(), StoreError> {
        if self.waiting.first().is_some_and(|column| !column.is_empty()) {
            self.write()?;
        }
        let path = self.path;
        self.out.into_inner().map_err(|error| refused(&path, error))?.keep()
    }

    fn write(&mut self) -> Result<(), StoreError> {
        let (out, waiting) = (&mut self.out, &mut self.waiting);
        group(out, waiting).map_err(|error| refused(&self.path, error))?;
        waiting.iter_mut().for_each(Vec::clear);
        Ok(())
    }
}

fn text(name: &str) -> Result<Type, ParquetError> {
    Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::String))
        .build()
}

fn group(out: &mut SerializedFileWriter<WholeFile>, columns: &[Vec<String>]) -> Result<(), ParquetError> {
    let mut group = out.next_row_group()?;
    for column in columns {
        let Some(mut place) = group.next_column()? else { break };
        let levels: Vec<i16> = column.iter().map(|cell| i16::from(!cell.is_empty())).collect();
        let cells = column.iter().filter(|cell| !cell.is_empty());
        let values: Vec<ByteArray> = cells.map(|cell| ByteArray::from(cell.as_str())).collect();
        place.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        place.close()?;
    }
    group.close()?;
    Ok(())
}

fn refused(path: &Path, error: ParquetError) -> StoreError {
    StoreError::Io { path: path.to_owned(), source: std::io::Error::other(error) }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;

    /// Rows of a file, nulls as `None`.
    fn rows(path: &Path) -> Vec<Vec<Option<String>>> {
        let reader = SerializedFileReader::new(std::fs::File::open(path).expect("file")).expect("parquet");
        let text = |field: &parquet::record::Field| match field {
            parquet::record::Field::Str(text) => Some(text.clone()),
            _ => None,
        };
        let rows = reader.get_row_iter(None).expect("rows").map(|row| row.expect("row"));
        rows.map(|row| row.get_column_iter().map(|(_, field)| text(field)).collect()).collect()
    }

    #[test]
    fn cells_come_back_as_they_were_and_empty_ones_as_nothing() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("records.parquet");
        let mut table = Columnar::create(&path, &["so", "hoTen"]).expect("starts");
        table.row(vec!["007".to_owned(), "=Đặng Thị Ửng".to_owned()]).expect("row");
        table.row(vec![String::new(), "'".to_owned()]).expect("row");
        assert!(!path.exists(), "nothing is seen before it is whole");
        table.keep().expect("kept");
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(rows(&path), [[some("007"), some("=Đặng Thị Ửng")], [None, some("'")]]);
    }

    #[test]
    fn a_table_without_rows_and_one_of_several_groups_are_whole() {
        let folder = tempfile::tempdir().expect("folder");
        for count in [0, GROUP - 1, GROUP, GROUP + 1] {
            let path = folder.path().join(format!("{count}.parquet"));
            let mut table = Columnar::create(&path, &["so"]).expect("starts");
            (0..count).for_each(|i| table.row(vec![i.to_string()]).expect("row"));
            table.keep().expect("kept");
            let expected: Vec<Vec<Option<String>>> = (0..count).map(|i| vec![Some(i.to_string())]).collect();
            assert_eq!(rows(&path), expected, "{count} rows");
        }
    }
}
