//! The networks: loaded only when their bytes are the ones the model card names, shared by all workers.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::{AsView, Layout, NdTensor, NdTensorView};
use serde::Deserialize;
use sha2::Digest;

use super::ReadError;
use super::lattice::{Lattice, Vocabulary};
use super::picture::{HEIGHT, Strip};
use crate::domain::Sha256;

/// The networks of a model folder and the characters that they all know; never empty.
pub struct Networks {
    networks: Vec<Network>,
    vocabulary: Vocabulary,
    id: String,
}

/// Weights and how to run them.
struct Network {
    model: Model,
    input: NodeId,
    output: NodeId,
}

#[derive(Deserialize)]
struct VocabularyFile {
    chars: Vec<String>,
}

thread_local! {
    // One engine thread a worker: the engine's own pool would take all cores for every single line.
    static POOL: RefCell<Option<Arc<ThreadPool>>> = const { RefCell::new(None) };
}

impl Networks {
    /// Loads `vocab.json` and every `.onnx` file that the folder's `reader.sha256` names, checked against it.
    pub fn load(folder: &Path) -> Result<Self, ReadError> {
        let sums = Sums::load(folder)?;
        let wrong = |name: &str, what: &str| ReadError::Model {
            path: folder.join(name).display().to_string(),
            what: what.into(),
        };
        let names: VocabularyFile =
            serde_json::from_slice(&sums.checked("vocab.json")?).map_err(|e| wrong("vocab.json", &e.to_string()))?;
        let vocabulary = Vocabulary::new(&names.chars)?;
        let files: Vec<&str> = sums.names().filter(|name| name.ends_with(".onnx")).collect();
        if files.is_empty() {
            return Err(wrong(SUMS, "it names no network"));
        }
        let networks = files.iter().map(|name| Network::load(sums.checked(name)?).map_err(|what| wrong(name, &what)));
        let networks = networks.collect::<Result<_, _>>()?;
        let id = files.iter().filter_map(|name| sums.of(name)?.get(..8)).collect::<Vec<_>>().join("+");
        Ok(Self { networks, vocabulary, id })
    }

    /// The characters they know.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The first 8 hexadecimal digits of each one's SHA-256, with "+" between.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What a network says about one line; the views of a line take turns with the networks.
    ///
    /// Lines run alone: a batch of four took four times as long as one (rten 0.27, one core), and padding to a
    /// common width would let a line's neighbours change its reading.
    pub fn run(&self, view: usize, strip: &Strip) -> Result<Lattice, ReadError> {
        let output = self.networks[view % self.networks.len()].run(strip)?;
        let (found, classes) = (output.shape()[2], self.vocabulary.len());
        if found != classes {
            return Err(ReadError::Engine(format!("the network has {found} classes, its list {classes}")));
        }
        Ok(Lattice::new(classes, output.to_vec()))
    }
}

impl Network {
    fn load(weights: Vec<u8>) -> Result<Self, String> {
        let model = Model::load(weights).map_err(|e| e.to_string())?;
        let (Some(&input), Some(&output)) = (model.input_ids().first(), model.output_ids().first()) else {
            return Err("it has no input or no output".into());
        };
        Ok(Self { model, input, output })
    }

    /// Runs on this thread's own engine thread.
    fn run(&self, strip: &Strip) -> Result<NdTensor<f32, 3>, ReadError> {
        let images = strip.pixels.repeat(3);
        let images = NdTensorView::from_data([1, 3, HEIGHT, strip.width], images.as_slice());
        let pool =
            POOL.with_borrow_mut(|p| Arc::clone(p.get_or_insert_with(|| Arc::new(ThreadPool::with_num_threads(1)))));
        let options = RunOptions::default().with_thread_pool(Some(pool));
        let [value] = self
            .model
            .run_n(vec![(self.input, images.into())], [self.output], Some(options))
            .map_err(|e| ReadError::Engine(e.to_string()))?;
        value.try_into().map_err(|_| ReadError::Engine("the network's output has another form".into()))
    }
}

const SUMS: &str = "reader.sha256";

/// What the files of a model folder must hash to: lines as `sha256sum` writes them.
struct Sums<'f> {
    folder: &'f Path,
    text: String,
}

impl<'f> Sums<'f> {
    fn load(folder: &'f Path) -> Result<Self, ReadError> {
        let path = folder.join(SUMS);
        let text = fs::read_to_string(&path)
            .map_err(|e| ReadError::Model { path: path.display().to_string(), what: e.to_string() })?;
        Ok(Self { folder, text })
    }

    fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        let split = self.text.lines().filter_map(|l| l.split_once(char::is_whitespace));
        split.map(|(sum, name)| (sum, name.trim_start_matches([' ', '*'])))
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.lines().map(|(_, name)| name)
    }

    fn of(&self, name: &str) -> Option<&str> {
        self.lines().find(|(_, file)| *file == name).map(|(sum, _)| sum)
    }

    /// A file's bytes, if they are the named ones.
    fn checked(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        let path = self.folder.join(name);
        let wrong = |what: String| ReadError::Model { path: path.display().to_string(), what };
        let expected = self.of(name).ok_or_else(|| wrong(format!("{SUMS} does not name it")))?;
        let bytes = fs::read(&path).map_err(|e| wrong(e.to_string()))?;
        let found = Sha256(sha2::Sha256::digest(&bytes).into()).to_string();
        if found.eq_ignore_ascii_case(expected) {
            Ok(bytes)
        } else {
            let short = |sum: &str| sum.get(..12).unwrap_or(sum).to_owned();
            Err(wrong(format!("its SHA-256 is {}…, expected {}…", short(&found), short(expected))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A copy of the delivered model folder.
    fn folder() -> tempfile::TempDir {
        let copy = tempfile::tempdir().expect("folder");
        let delivered = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
        for file in fs::read_dir(delivered).expect("models/").flatten() {
            fs::copy(file.path(), copy.path().join(file.file_name())).expect("copied");
        }
        copy
    }

    fn error(folder: &Path) -> String {
        Networks::load(folder).map(|n| n.id().to_owned()).expect_err("refused").to_string()
    }

    #[test]
    fn views_take_turns_with_the_networks_that_the_folder_names() {
        let folder = folder();
        let strip =
            Strip { width: 64, pixels: (0..64 * HEIGHT).map(|k| if k % 7 == 0 { -1.0 } else { 1.0 }).collect() };
        let both = Networks::load(folder.path()).expect("loads");
        let score = |networks: &Networks, view| networks.run(view, &strip).expect("runs").score(&[1]);
        assert_eq!(score(&both, 0), score(&both, 2));
        assert_ne!(score(&both, 0), score(&both, 1));

        let sums = fs::read_to_string(folder.path().join(SUMS)).expect("sums");
        let one: String = sums.split_inclusive('\n').filter(|l| !l.contains("reader2")).collect();
        fs::write(folder.path().join(SUMS), one).expect("written");
        let first = Networks::load(folder.path()).expect("loads");
        assert_eq!(both.id().split('+').next(), Some(first.id()));
        assert_eq!(score(&first, 1), score(&both, 0));
    }

    #[test]
    fn a_network_that_is_not_the_named_one_is_refused_by_name() {
        let folder = folder();
        let network = folder.path().join("reader2.onnx");
        let whole = fs::read(&network).expect("network");
        let mut swapped = whole.clone();
        swapped[1000] ^= 1;
        for bytes in [&whole[..whole.len() / 2], &[], &swapped] {
            fs::write(&network, bytes).expect("written");
            let said = error(folder.path());
            assert!(said.contains("reader2.onnx") && said.contains("SHA-256") && said.contains("hint"), "{said}");
        }
        fs::remove_file(&network).expect("removed");
        assert!(error(folder.path()).contains("reader2.onnx"));
    }

    #[test]
    fn a_folder_without_networks_or_sums_is_refused() {
        let folder = folder();
        let sums = folder.path().join(SUMS);
        let vocabulary: String =
            fs::read_to_string(&sums).expect("sums").split_inclusive('\n').filter(|l| l.contains("vocab")).collect();
        fs::write(&sums, vocabulary).expect("written");
        assert!(error(folder.path()).contains("names no network"));
        fs::remove_file(&sums).expect("removed");
        assert!(error(folder.path()).contains(SUMS));
    }
}
