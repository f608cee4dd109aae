//! Bars, and places to sign.

use super::Share;
use super::layout::{BLACK, CELL, Face, GREY, LEFT, Layout, MM, NOTE, Style, TEXT, WIDTH};
use super::wrap::wrap;

impl Layout {
    pub(super) fn bar(&mut self, shares: &[Share]) {
        let total: f32 = shares.iter().map(|share| share.amount).sum();
        let (height, style) = (7.0 * MM, Style::new(Face::Regular, CELL, BLACK));
        self.room(height + 2.0 * MM + style.line() * shares.len() as f32);
        let mut x = LEFT;
        for share in shares.iter().filter(|share| share.amount > 0.0) {
            let width = share.amount / total * WIDTH;
            self.rectangle((x, self.y - height, width, height), share.colour);
            x += width;
        }
        self.draw(&format!("0.4 0.4 0.4 RG 0.5 w {LEFT:.2} {:.2} {WIDTH:.2} {height:.2} re S\n", self.y - height));
        self.y -= height + 1.5 * MM;
        for share in shares {
            self.rectangle((LEFT, self.y - style.size, style.size, style.size), share.colour);
            self.words(&share.name, (LEFT + style.size * 1.6, self.y - style.size + 1.0), style);
            self.y -= style.line();
        }
        self.y -= 2.0 * MM;
    }

    pub(super) fn signatures(&mut self, places: &[[String; 2]]) {
        let height = 42.0 * MM;
        self.y -= 8.0 * MM;
        self.room(height);
        let width = WIDTH / places.len().max(1) as f32;
        for (at, [who, how]) in places.iter().enumerate() {
            let (bold, small) = (Style::new(Face::Bold, TEXT, BLACK), Style::new(Face::Regular, NOTE, GREY));
            let mut y = self.y;
            for (text, style) in [(who, bold), (how, small)] {
                for line in wrap(self.font(style.face), text, (width - 4.0 * MM) / style.size) {
                    let own = self.font(style.face).width(&line) * style.size;
                    self.words(&line, (LEFT + width * at as f32 + (width - own) / 2.0, y - style.size), style);
                    y -= style.line();
                }
            }
        }
        self.y -= height;
    }
}
