//! The reader of handwriting: network, then decoding with what the field allows.

use std::path::Path;
use std::sync::Arc;

use super::lattice::Lattice;
use super::network::Network;
use super::picture::strip;
use super::{Config, ReadError};
use crate::domain::LinePart;
use crate::stages::cut::SlotPicture;

/// The neural reader; cheap to share, the network exists once.
#[derive(Clone)]
pub struct NeuralReader {
    network: Arc<Network>,
    config: Config,
}

impl NeuralReader {
    /// Loads the model folder (`reader.onnx`, `vocab.json`, `reader.sha256`).
    pub fn load(folder: &Path, config: &Config) -> Result<Self, ReadError> {
        Ok(Self { network: Arc::new(Network::load(folder)?), config: config.clone() })
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// What the network says about every line of a slot that has the shape of a line.
    fn lattices(&self, slot: &SlotPicture) -> Result<Vec<(LinePart, Lattice)>, ReadError> {
        let strips = slot.lines.iter().filter_map(|l| Some((l.part, strip(&l.grey, &self.config.picture)?)));
        strips.map(|(part, strip)| Ok((part, self.network.run(&strip)?))).collect()
    }
}
