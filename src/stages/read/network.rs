//! The network: loaded only when its bytes are the ones the model card names, shared by all workers.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::{AsView, Layout, NdTensor, NdTensorView};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::ReadError;
use super::lattice::{Lattice, Vocabulary};
use super::picture::{HEIGHT, Strip};

/// Weights, characters and how to run them.
pub struct Network {
    model: Model,
    input: NodeId,
    output: NodeId,
    vocabulary: Vocabulary,
    hash: String,
}

#[derive(Deserialize)]
struct VocabularyFile {
    chars: Vec<String>,
}

thread_local! {
    // One engine thread a worker: the engine's own pool would take all cores for every single line.
    static POOL: RefCell<Option<Arc<ThreadPool>>> = const { RefCell::new(None) };
}

impl Network {
    /// Loads `reader.onnx` and `vocab.json` of a folder, both checked against its `reader.sha256`.
    pub fn load(folder: &Path) -> Result<Self, ReadError> {
        let sums = text(folder, "reader.sha256")?;
        let vocabulary = checked(folder, "vocab.json", &sums)?.0;
        let (weights, hash) = checked(folder, "reader.onnx", &sums)?;
        let wrong = |name: &str, what: String| ReadError::Model { path: folder.join(name).display().to_string(), what };
        let names: VocabularyFile =
            serde_json::from_slice(&vocabulary).map_err(|e| wrong("vocab.json", e.to_string()))?;
        let vocabulary = Vocabulary::new(&names.chars)?;
        let model = Model::load(weights).map_err(|e| wrong("reader.onnx", e.to_string()))?;
        let (Some(&input), Some(&output)) = (model.input_ids().first(), model.output_ids().first()) else {
            return Err(wrong("reader.onnx", "it has no input or no output".into()));
        };
        Ok(Self { model, input, output, vocabulary, hash })
    }

    /// The characters it knows.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// SHA-256 of the weights, hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What the network says about one line.
    ///
    /// Lines run alone: a batch of four took four times as long as one (rten 0.27, one core), and padding to a
    /// common width would let a line's neighbours change its reading.
    pub fn run(&self, strip: &Strip) -> Result<Lattice, ReadError> {
        let mut images = Vec::with_capacity(3 * strip.pixels.len());
        for _ in 0..3 {
            images.extend_from_slice(&strip.pixels);
        }
        let images = NdTensorView::from_data([1, 3, HEIGHT, strip.width], images.as_slice());
        let output = run_once(&self.model, self.input, self.output, images)?;
        let (found, classes) = (output.shape()[2], self.vocabulary.len());
        if found != classes {
            return Err(ReadError::Engine(format!("the network has {found} classes, its list {classes}")));
        }
        Ok(Lattice::new(classes, output.to_vec()))
    }
}

/// Runs the model on this thread's own engine thread.
fn run_once(
    model: &Model,
    input: NodeId,
    output: NodeId,
    images: NdTensorView<f32, 4>,
) -> Result<NdTensor<f32, 3>, ReadError> {
    let pool = POOL.with_borrow_mut(|p| Arc::clone(p.get_or_insert_with(|| Arc::new(ThreadPool::with_num_threads(1)))));
    let options = RunOptions::default().with_thread_pool(Some(pool));
    let [value] = model
        .run_n(vec![(input, images.into())], [output], Some(options))
        .map_err(|e| ReadError::Engine(e.to_string()))?;
    value.try_into().map_err(|_| ReadError::Engine("the network's output has another form".into()))
}

fn text(folder: &Path, name: &str) -> Result<String, ReadError> {
    let path = folder.join(name);
    fs::read_to_string(&path).map_err(|e| ReadError::Model { path: path.display().to_string(), what: e.to_string() })
}

/// A file's bytes and hash, if `sums` (lines as `sha256sum` writes them) names that hash for it.
fn checked(folder: &Path, name: &str, sums: &str) -> Result<(Vec<u8>, String), ReadError> {
    let path = folder.join(name);
    let wrong = |what: String| ReadError::Model { path: path.display().to_string(), what };
    let expected = sums
        .lines()
        .filter_map(|l| l.split_once(char::is_whitespace))
        .find(|(_, file)| file.trim_start_matches([' ', '*']) == name)
        .map(|(sum, _)| sum.to_lowercase())
        .ok_or_else(|| wrong("reader.sha256 does not name it".into()))?;
    let bytes = fs::read(&path).map_err(|e| wrong(e.to_string()))?;
    let found: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    if found == expected {
        Ok((bytes, found))
    } else {
        Err(wrong(format!("its SHA-256 is {}…, expected {}…", &found[..12], expected.get(..12).unwrap_or(&expected))))
    }
}
