#!/usr/bin/env bash
# Fetches the faces that the typeset forms are printed with into vendor/fonts/print/FAMILY/{regular,bold,italic,bolditalic}.ttf.
# Every family is under the SIL Open Font License 1.1 and holds every Vietnamese letter (looked up in the fonts' own tables).
set -euo pipefail
cd "$(dirname "$0")/../.."
families="tinos@0.4.2 gelasio@0.4.1 stix-two-text@0.4.2 noto-serif@0.4.2 source-serif-4@0.4.1 eb-garamond@0.4.3
literata@0.4.3 lora@0.4.2 merriweather@0.4.2 newsreader@0.4.1 crimson-pro@0.4.2 arimo@0.4.3"
out=vendor/fonts/print
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for pinned in $families; do
  name=${pinned%@*}
  [ -f "$out/$name/bolditalic.ttf" ] && continue
  (cd "$work" && npm pack --silent "@expo-google-fonts/$pinned" >/dev/null && mkdir "$name" &&
    tar xzf expo-google-fonts-"$name"-*.tgz -C "$name" --strip-components=1)
  mkdir -p "$out/$name"
  cp "$work/$name"/400Regular/*.ttf "$out/$name/regular.ttf"
  cp "$work/$name"/700Bold/*.ttf "$out/$name/bold.ttf"
  cp "$work/$name"/400Regular_Italic/*.ttf "$out/$name/italic.ttf"
  cp "$work/$name"/700Bold_Italic/*.ttf "$out/$name/bolditalic.ttf"
  cp "$work/$name"/LICENSE_FONT "$out/$name/LICENSE"
done
