//! Files of a delivery, without knowing of registers.
//!
//! * [`workbook`]: tables whose every cell is text, so that no zero and no date is lost
//! * [`archive`]: flat zip archives that are the same bytes for the same members
//! * [`picture_pdf`]: a PDF that shows one JPEG
//! * [`read`]: tables of any office, telling what had to be converted
//! * [`legacy`]: Vietnamese text in the fonts from before Unicode

pub mod archive;
pub mod legacy;
pub mod picture_pdf;
pub mod read;
pub mod workbook;
