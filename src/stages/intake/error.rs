//! Why a file or page is set aside.

/// Why a file or page is set aside. Each message ends with a line that says what a person can do.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The operating system refused.
    #[error("cannot read the file: {0}\nhint: check that it exists and that you may read it")]
    Io(#[from] std::io::Error),
    /// No bytes.
    #[error("the file is empty\nhint: copy it again from the scanner or the original medium")]
    Empty,
    /// A document without pages.
    #[error("the file is empty: no pages\nhint: make the PDF or TIFF again from the scans")]
    NoPages,
    /// Not a picture format that is read here.
    #[error(
        "not a picture: {0}\nhint: give JPEG, PNG, TIFF, JPEG 2000 or a PDF made of pictures; export other files as one of these"
    )]
    Foreign(String),
    /// Ends before its picture does.
    #[error(
        "the {format} file is cut short\nhint: copy it again; if the original is cut short too, scan the page again"
    )]
    Truncated {
        /// `JPEG`, `PNG` …
        format: &'static str,
    },
    /// Cannot be decoded.
    #[error("the {format} file is broken: {reason}\nhint: copy it again; if that does not help, scan the page again")]
    Broken {
        /// `JPEG`, `PNG` …
        format: &'static str,
        /// What the decoder says.
        reason: String,
    },
    /// Needs a password.
    #[error("the PDF is encrypted\nhint: save it without a password and give that file")]
    Encrypted,
    /// Over a limit of `[intake]`.
    #[error(
        "too large: {found} {what}, the limit is {limit}\nhint: scan at 300 dpi, split the file, or raise the limit in pipeline.toml [intake]"
    )]
    TooLarge {
        /// Of what there is too much.
        what: &'static str,
        /// How much there is.
        found: u64,
        /// How much is allowed.
        limit: u64,
    },
    /// A variant of the format that is not read here.
    #[error(
        "{format} of a kind that is not read here: {reason}\nhint: convert the file to an 8-bit RGB or grey {format} or PNG"
    )]
    Unsupported {
        /// `TIFF`, `PDF` …
        format: &'static str,
        /// Which kind.
        reason: String,
    },
    /// A PDF page without a scan.
    #[error("page {page} of the PDF holds no scanned picture\nhint: give PDFs that a scanner made, one picture a page")]
    NoPicture {
        /// Page from 1.
        page: u32,
    },
    /// A page number past the end.
    #[error("the file has no page {page}\nhint: it has changed since it was counted; run again")]
    NoSuchPage {
        /// Page from 1.
        page: u32,
    },
    /// The bytes are not those that were hashed.
    #[error("the file changed while it was read\nhint: let the copying end, then run again")]
    Changed,
}
