//! `application/x-www-form-urlencoded`, as in query strings and posted forms.

/// Decoded pairs, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `a=1&b=2`; what is no valid UTF-8 makes the whole form invalid.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(key, Plus::Space)?, decode(value, Plus::Space)?))
        };
        pairs.map(pair).collect::<Option<_>>().map(Self)
    }

    /// The first value of a key; empty when it is not there.
    #[must_use]
    pub fn get(&self, key: &str) -> &str {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// All values of a key.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// What `+` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plus {
    /// A space: in forms and query strings.
    Space,
    /// Itself: in paths.
    Plus,
}

/// Undoes percent-encoding; `None` for half a code or no UTF-8.
#[must_use]
pub fn decode(text: &str, plus: Plus) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' if plus == Plus::Space => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Percent-encodes a value for a query string.
#[must_use]
pub fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_decoded() {
        let form = Form::parse("text=Nguy%E1%BB%85n+Th%C3%AC&a=1&a=2&empty=&bare").expect("form");
        assert_eq!(form.get("text"), "Nguyễn Thì");
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!((form.get("empty"), form.get("bare"), form.get("missing")), ("", "", ""));
    }

    #[test]
    fn half_codes_and_foreign_bytes_are_refused() {
        for text in ["a=%", "a=%4", "a=%zz", "a=%ff", "%c3=1"] {
            assert_eq!(Form::parse(text), None, "{text}");
        }
    }

    #[test]
    fn encoding_and_decoding_agree() {
        let text = "a b&c=d/é+%?#";
        assert_eq!(decode(&encode(text), Plus::Space).as_deref(), Some(text));
        assert_eq!(decode("a+b", Plus::Plus).as_deref(), Some("a+b"));
    }
}
