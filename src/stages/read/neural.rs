//! The reader of handwriting: networks, then decoding with what the field allows.

use std::path::Path;

use image::GrayImage;

use super::calibration::{Calibration, signs};
use super::decode::Decoder;
use super::doubt::{is_doubtful, is_part_doubtful};
use super::lattice::{Lattice, Vocabulary};
use super::network::Networks;
use super::picture::strips;
use super::views::Views;
use super::{Config, EntryPictures, ReadError, Reader, joint};
use crate::domain::{Confidence, LinePart, Reading, SlotKind};
use crate::forms::Slot;
use crate::stages::cut::SlotPicture;

/// The neural reader; shared by all workers, each network exists once.
pub struct NeuralReader {
    networks: Networks,
    decoder: Decoder,
    calibration: Option<Calibration>,
    config: Config,
}

impl NeuralReader {
    /// Loads the model folder: `reader.sha256`, the networks and `vocab.json` that it names, `calibration.toml`.
    pub fn load(folder: &Path, config: &Config) -> Result<Self, ReadError> {
        let mut reader = Self::load_raw(folder, config)?;
        let calibration = Calibration::load(folder)?;
        if reader.networks.id() != calibration.model {
            tracing::warn!("the confidence was calibrated for another model: run `sohoa bench reader --fit`");
        }
        reader.calibration = Some(calibration);
        Ok(reader)
    }

    /// The same without calibration, to fit one: confidence is the raw posterior.
    pub fn load_raw(folder: &Path, config: &Config) -> Result<Self, ReadError> {
        let networks = Networks::load(folder)?;
        let decoder = Decoder::new(networks.vocabulary().clone(), &config.decode, config.joint.dates);
        Ok(Self { networks, decoder, calibration: None, config: config.clone() })
    }

    /// The networks.
    #[must_use]
    pub fn networks(&self) -> &Networks {
        &self.networks
    }

    /// What the networks say about lines of one value, once for each slant; `None` where no line has the shape of one.
    pub fn views<'p>(
        &self,
        lines: impl Iterator<Item = (LinePart, &'p GrayImage)>,
    ) -> Result<Option<Views>, ReadError> {
        let mut views: Vec<Vec<(LinePart, Lattice)>> = vec![Vec::new(); self.config.picture.slants.views()];
        for (part, grey) in lines {
            for (k, strip) in strips(grey, &self.config.picture).into_iter().enumerate() {
                views[k].push((part, self.networks.run(k, &strip)?));
            }
        }
        let vocabulary = self.networks.vocabulary();
        let strays = strays(&views, vocabulary, self.config.decode.stray_letters);
        let rest = strays.contains(&true).then(|| {
            let others = |lines: &Vec<(LinePart, Lattice)>| {
                let kept = lines.iter().zip(&strays).filter(|(_, stray)| !**stray);
                join(kept.map(|(line, _)| line.clone()).collect(), vocabulary)
            };
            Views::new(views.iter().filter_map(others).collect())
        });
        let joined = views.into_iter().filter_map(|lines| join(lines, vocabulary));
        Ok(Views::new(joined.collect()).map(|views| views.or_only(rest.flatten())))
    }

    /// One value by itself, before other fields have spoken.
    #[must_use]
    pub fn decode(&self, kind: SlotKind, office: &str, views: &Views) -> Option<Reading> {
        let stray = self.config.decode.stray_line;
        let likely = |views: &Views| self.decoder.likeliest(kind, office, views);
        let rest = views.rest().filter(|_| may_have_strays(kind));
        let rest = rest.filter(|rest| likely(rest) + stray.ln() > likely(views) + (1.0 - stray).ln());
        let mut reading = self.decoder.decode(kind, office, rest.unwrap_or(views), &self.id())?;
        if let Some(calibration) = &self.calibration {
            let (config, dates) = (&self.config.decode, &self.config.joint.dates);
            let signs = signs(kind, &reading, dates);
            let confidence = calibration.map(kind).probability(signs);
            let is_doubtful = rest.is_some() || is_doubtful(kind, &reading, signs, config);
            let at_most = |is_doubtful: bool, confidence: Confidence| match is_doubtful {
                true => confidence.weakest(Confidence::new(config.doubtful_most)),
                false => confidence,
            };
            reading.confidence = at_most(is_doubtful, confidence);
            let of_part = |(part, sure): (usize, Option<Confidence>)| {
                let is_doubtful = is_part_doubtful((kind, part), &reading, is_doubtful, (config, dates));
                at_most(is_doubtful, sure.unwrap_or(confidence))
            };
            reading.parts = calibration.parts(kind, &reading, dates).into_iter().enumerate().map(of_part).collect();
        }
        Some(reading)
    }
}

impl Reader for NeuralReader {
    fn id(&self) -> String {
        format!("neural:{}", self.networks.id())
    }

    fn read(&self, entry: &EntryPictures) -> Result<Vec<Option<Reading>>, ReadError> {
        let office = entry.hint.office.as_deref().unwrap_or_default();
        let one = |(slot, picture): &(&Slot, &SlotPicture)| {
            let views = self.views(picture.lines.iter().map(|l| (l.part, &l.grey)))?;
            Ok(views.and_then(|v| self.decode(slot.kind, office, &v)))
        };
        let mut readings = entry.slots.iter().map(one).collect::<Result<Vec<_>, ReadError>>()?;
        joint::agree(entry, &mut readings, &self.config.joint);
        Ok(readings)
    }
}

/// Whether a line of a letter or two is rare in slots of this kind: a signer's family name, or a notice's number, has a line of
/// its own often enough.
fn may_have_strays(kind: SlotKind) -> bool {
    matches!(
        kind,
        SlotKind::Place
            | SlotKind::MaritalStatus
            | SlotKind::Purpose
            | SlotKind::CauseOfDeath
            | SlotKind::MarginNote
            | SlotKind::FreeText
    )
}

/// Which lines of a value may be no writing: in every view they read as `most` letters at most, beside lines that read as more.
fn strays(views: &[Vec<(LinePart, Lattice)>], vocabulary: &Vocabulary, most: usize) -> Vec<bool> {
    let letters =
        |lattice: &Lattice| lattice.greedy().iter().filter(|g| vocabulary.char(g.0).is_alphanumeric()).count();
    let is_short = |(part, lattice): &(LinePart, Lattice)| *part == LinePart::Whole && letters(lattice) <= most;
    let lines = views.iter().map(Vec::len).min().unwrap_or_default();
    (0..lines).map(|line| views.iter().all(|view| is_short(&view[line]))).collect()
}

/// Lines of one value as one lattice: a space between lines, "/" between the parts of a date, one more for a part
/// that is missing between two others.
fn join(lines: Vec<(LinePart, Lattice)>, vocabulary: &Vocabulary) -> Option<Lattice> {
    let mut lines = lines.into_iter();
    let (mut last, mut joined) = lines.next()?;
    for (part, lattice) in lines {
        let (glue, times) = match (date_place(last), date_place(part)) {
            (Some(a), Some(b)) if a < b => ('/', b - a),
            _ => (' ', 1),
        };
        for _ in 0..times {
            joined.push_certain(vocabulary.class(glue).unwrap_or_default());
        }
        joined.append(&lattice);
        last = part;
    }
    Some(joined)
}

fn date_place(part: LinePart) -> Option<usize> {
    match part {
        LinePart::Day => Some(0),
        LinePart::Month => Some(1),
        LinePart::Year => Some(2),
        LinePart::Whole | LinePart::Number => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::read::lattice::tests::{lattice, vocabulary};

    fn read(lines: Vec<(LinePart, Lattice)>, v: &Vocabulary) -> String {
        let joined = join(lines, v).expect("lines");
        v.text(&joined.greedy().iter().map(|g| g.0).collect::<Vec<_>>())
    }

    #[test]
    fn a_line_that_reads_as_a_letter_in_every_view_may_be_no_writing_but_a_part_of_a_date_is() {
        let v = vocabulary("12 /");
        let [one, two] = [('1', 0.9), ('2', 0.9)].map(|c| move || [c]);
        let line = |figures: &[[(char, f32); 1]]| {
            let frames: Vec<&[(char, f32)]> = figures.iter().map(<[_; 1]>::as_slice).collect();
            lattice(&v, &frames)
        };
        let (short, long) = (line(&[one(), two()]), line(&[one(), two(), one()]));
        let whole = |lattice: &Lattice| (LinePart::Whole, lattice.clone());
        let views = |second: &Lattice| [vec![whole(&short), whole(&long)], vec![whole(second), whole(&long)]];
        assert_eq!(strays(&views(&short), &v, 2), [true, false]);
        assert_eq!(strays(&views(&long), &v, 2), [false, false], "one view reads more");
        assert_eq!(strays(&[vec![(LinePart::Day, short.clone()), whole(&long)]], &v, 2), [false, false]);
    }

    #[test]
    fn lines_are_joined_with_a_space_and_date_parts_with_slashes() {
        let v = vocabulary("12 /");
        let one = || lattice(&v, &[&[('1', 0.9)]]);
        let two = || lattice(&v, &[&[('2', 0.9)]]);
        assert_eq!(read(vec![(LinePart::Whole, one()), (LinePart::Whole, two())], &v), "1 2");
        let parts = vec![(LinePart::Day, one()), (LinePart::Month, one()), (LinePart::Year, two())];
        assert_eq!(read(parts, &v), "1/1/2");
        assert_eq!(read(vec![(LinePart::Day, one()), (LinePart::Year, two())], &v), "1//2");
        assert_eq!(read(vec![(LinePart::Month, one()), (LinePart::Year, two())], &v), "1/2");
        assert_eq!(read(vec![(LinePart::Year, two())], &v), "2");
    }
}
