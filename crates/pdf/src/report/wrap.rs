//! Text in lines of a width.

use crate::font::Font;

/// A text in lines no wider than `width`, in units of the size; words that are wider are parted.
pub(super) fn wrap(font: &Font, text: &str, width: f32) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if font.width(&longer) <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if font.width(&line) > width && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_they_may_be_and_lose_nothing() {
        let font = Font::regular();
        let text = "Ủy ban nhân dân xã Lộc Thuận, huyện Bình Đại, 0277eb97a54f04580277eb97a54f0458 tỉnh Bến Tre";
        let lines = wrap(&font, text, 8.0);
        assert!(lines.len() > 4 && lines.iter().all(|line| font.width(line) <= 8.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert_eq!(wrap(&font, "  ", 8.0), [""; 0]);
    }
}
