// Telex and VNI: one more letter on a word. Pure, so that it can be tested without a browser.
"use strict";
(function (root) {
  const TONES = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"]; // none, sắc, huyền, hỏi, ngã, nặng
  const TELEX_TONE = { s: 1, f: 2, r: 3, x: 4, j: 5, z: 0 };
  const VNI_TONE = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 0: 0 };
  const VOWELS = "aăâeêioôơuưy";

  // A letter in three parts: plain or shaped base in lower case, tone, case.
  function open(letter) {
    const parts = letter.normalize("NFD");
    let tone = 0;
    let rest = "";
    for (const c of parts) {
      const at = TONES.indexOf(c);
      if (at > 0) tone = at;
      else rest += c;
    }
    const base = rest.normalize("NFC");
    return { base: base.toLowerCase(), tone, upper: base !== base.toLowerCase() };
  }

  function close(letter) {
    const base = letter.upper ? letter.base.toUpperCase() : letter.base;
    return (base.normalize("NFD") + TONES[letter.tone]).normalize("NFC");
  }

  const isVowel = (letter) => VOWELS.includes(letter.base);

  // The stretch of vowels that carries the tone: "qu" and "gi" before a vowel belong to the consonants.
  function nucleus(letters) {
    let from = letters.findIndex(isVowel);
    if (from < 0) return null;
    const before = from > 0 ? letters[from - 1].base : "";
    const next = letters[from + 1];
    if (next && isVowel(next) && ((before === "q" && letters[from].base === "u") || (before === "g" && letters[from].base === "i" && from === 1))) from += 1;
    let to = from;
    while (to + 1 < letters.length && isVowel(letters[to + 1])) to += 1;
    return { from, to };
  }

  // Where the tone stands: on a shaped vowel, the last of them; before a final consonant on the last vowel; else on the
  // one before the last ("hòa", "mía").
  function tonePlace(letters) {
    const core = nucleus(letters);
    if (!core) return -1;
    for (let at = core.to; at >= core.from; at -= 1) if ("ăâêôơư".includes(letters[at].base)) return at;
    const closed = core.to + 1 < letters.length;
    if (core.from === core.to || closed) return core.to;
    return core.to - core.from >= 2 ? core.from + 1 : core.from;
  }

  function retone(letters, tone) {
    for (const letter of letters) letter.tone = 0;
    const at = tonePlace(letters);
    if (at >= 0) letters[at].tone = tone;
    return letters;
  }

  const toneOf = (letters) => letters.reduce((tone, letter) => letter.tone || tone, 0);
  const write = (letters) => letters.map(close).join("");

  // "ươ" is typed with one key; "huơ", "thuở", "quơ" without a final keep their u.
  function horn(letters, at) {
    const letter = letters[at];
    letter.base = letter.base === "u" ? "ư" : "ơ";
    const before = letters[at - 1];
    const closed = at + 1 < letters.length;
    if (letter.base === "ơ" && before && before.base === "u" && (at < 2 || letters[at - 2].base !== "q")) {
      const onset = letters.slice(0, at - 1).map((l) => l.base).join("");
      if (closed || (onset !== "h" && onset !== "th")) before.base = "ư";
    }
  }

  function shape(letters, from, to) {
    for (let at = letters.length - 1; at >= 0; at -= 1) {
      if (from.includes(letters[at].base)) {
        if (to === "horn") {
          // "uo": the o takes it, and gives it to the u; "ua", "uu": the first u
          if (letters[at].base === "u" && at > 0 && letters[at - 1].base === "u") at -= 1;
          horn(letters, at);
        } else letters[at].base = to[from.indexOf(letters[at].base)];
        return true;
      }
      if (to !== "horn" && isVowel(letters[at]) && !"iuyoư".includes(letters[at].base)) return false;
    }
    return false;
  }

  function unshape(letters, from, to, plain) {
    for (let at = letters.length - 1; at >= 0; at -= 1) {
      const found = to.indexOf(letters[at].base);
      if (found >= 0) {
        letters[at].base = plain[found];
        if (letters[at].base === "o" && at > 0 && letters[at - 1].base === "ư") letters[at - 1].base = "u";
        return true;
      }
    }
    return false;
  }

  function put(letters, key) {
    const tone = toneOf(letters);
    letters.push(open(key));
    // "uơ" gets its second horn with the final consonant
    const n = letters.length;
    if (n >= 3 && letters[n - 2].base === "ơ" && letters[n - 3].base === "u" && (n < 4 || letters[n - 4].base !== "q")) letters[n - 3].base = "ư";
    return write(tone ? retone(letters, tone) : letters);
  }

  function setTone(letters, tone, key) {
    const has = toneOf(letters);
    if (!letters.some(isVowel)) return put(letters, key);
    if (tone === 0) return has ? write(retone(letters, 0)) : put(letters, key);
    if (has === tone) return write(retone(letters, 0)) + key;
    return write(retone(letters, tone));
  }

  function shaped(letters, from, to, plain, key) {
    const tone = toneOf(letters);
    const targets = to === "horn" ? "ươ" : to;
    const base = to === "horn" ? "uo" : plain;
    if (shape(letters, from, to)) return write(retone(letters, tone));
    if (unshape(letters, from, targets, base)) return write(retone(letters, tone)) + key;
    return null;
  }

  function telex(word, key) {
    const letters = [...word.normalize("NFC")].map(open);
    const low = key.toLowerCase();
    if (low in TELEX_TONE) return setTone(letters, TELEX_TONE[low], key);
    if (low === "d") {
      const d = letters.findIndex((letter) => letter.base === "d" || letter.base === "đ");
      if (d === 0 && letters[0].base === "d") return ((letters[0].base = "đ"), write(letters));
      if (d === 0) return ((letters[0].base = "d"), write(letters) + key);
      return put(letters, key);
    }
    const hats = { a: ["a", "â"], e: ["e", "ê"], o: ["o", "ô"] };
    if (low in hats) {
      const [plain, hat] = hats[low];
      const other = { a: "ă", o: "ơ" }[low];
      const found = shaped(letters, other ? plain + other : plain, other ? hat + hat : hat, plain, key);
      return found ?? put(letters, key);
    }
    if (low === "w") {
      const last = letters.map((letter) => letter.base);
      const hasA = last.lastIndexOf("a") > last.lastIndexOf("o") && !(last.includes("u") && last.at(-1) === "a" && !last.includes("q"));
      if (hasA || last.includes("â")) {
        const found = shaped(letters, "aâ", "ăă", "a", key);
        if (found !== null) return found;
      }
      if (last.includes("ă")) return shaped(letters, "", "ă", "a", key) ?? put(letters, key);
      const found = shaped(letters, last.includes("o") || last.includes("ô") ? "oô" : "u", "horn", "uo", key);
      if (found !== null) return found;
      if (letters.length === 0 || !letters.some(isVowel)) {
        letters.push({ base: "ư", tone: 0, upper: key !== low });
        return write(letters);
      }
    }
    return put(letters, key);
  }

  function vni(word, key) {
    const letters = [...word.normalize("NFC")].map(open);
    if (!/[0-9]/.test(key)) return put(letters, key);
    // a word that begins with a digit is a number
    if (letters.length === 0 || /[0-9]/.test(letters.at(-1).base)) return word + key;
    if (key in VNI_TONE) return setTone(letters, VNI_TONE[key], key);
    if (key === "6") return shaped(letters, "aăeoơ", "ââêôô", "aaeoo", key) ?? word + key;
    if (key === "7") return shaped(letters, letters.some((l) => "oô".includes(l.base)) ? "oô" : "u", "horn", "uo", key) ?? word + key;
    if (key === "8") return shaped(letters, "aâ", "ăă", "aa", key) ?? word + key;
    if (key === "9" && letters[0].base === "d") return ((letters[0].base = "đ"), write(letters));
    return word + key;
  }

  // The word before the caret after one more key.
  function compose(word, key, method) {
    if (method === "telex" && /^[a-z]$/i.test(key)) return telex(word, key);
    if (method === "vni" && /^[a-z0-9]$/i.test(key)) return vni(word, key);
    return word + key;
  }

  // Makes an input follow a method; what the system's own input method composes is left alone.
  function attach(input, methodOf) {
    input.addEventListener("beforeinput", (event) => {
      const method = methodOf();
      if (method === "off" || event.isComposing || event.inputType !== "insertText" || !event.data || event.data.length !== 1) return;
      const caret = input.selectionStart;
      if (caret !== input.selectionEnd) return;
      const before = input.value.slice(0, caret);
      const word = before.match(/[\p{L}\p{M}0-9]*$/u)[0];
      const composed = compose(word, event.data, method);
      if (composed === word + event.data) return;
      event.preventDefault();
      input.setRangeText(composed, caret - word.length, caret, "end");
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  root.typing = { compose, attach };
  if (typeof module !== "undefined") module.exports = root.typing;
})(typeof window === "undefined" ? globalThis : window);
