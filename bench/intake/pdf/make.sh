#!/usr/bin/env bash
# Makes the PDFs of this folder from the texts beside them: with Chromium and LibreOffice, in one column and in two, with
# a page for each part of the text between "---". The texts are the truth; nobody but this script reads them first.
# Needs chromium, python3, soffice (libreoffice-writer-nogui), and the fonts Amiri, Nazli (fonts-farsiweb), IPA Gothic,
# Liberation. “make.sh chromium” makes those of Chromium only. Chromium prints the address of a page in its foot, so the
# pages are served at 127.0.0.1: from files it would print a folder of the machine that made them.
set -euo pipefail
cd "$(dirname "$0")"
out=$(mktemp -d)
fonts=../../../web/node_modules/@fontsource-variable
cp $fonts/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2 "$out/vazirmatn.woff2"
cp $fonts/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2 "$out/naskh.woff2"
port=${PORT:-8764}
python3 -m http.server --bind 127.0.0.1 --directory "$out" "$port" >/dev/null 2>&1 &
server=$!
trap 'kill "$server"; rm -r "$out"' EXIT
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 "$server"; done
page() { # lang columns font more-style
  local dir=ltr
  [[ $1 == ar || $1 == fa ]] && dir=rtl
  echo "<!doctype html><html lang=$1 dir=$dir><meta charset=utf-8><title>$(head -1 "$1.txt" | cut -c3-)</title><style>"
  echo "@font-face{font-family:Vazirmatn;src:url(vazirmatn.woff2)} @font-face{font-family:Naskh;src:url(naskh.woff2)}"
  echo "@page{size:A5;margin:18mm 15mm} body{font:11pt/1.5 '$3';margin:0} section{columns:$2;column-gap:8mm;column-fill:auto;$4}"
  echo "section+section{break-before:page} p{margin:0 0 8pt} h1{font-size:17pt} h2{font-size:13pt} ul{margin:0 0 8pt}</style><section>"
  awk '/^---$/{print "</section><section>";brk=" style=page-break-before:always";next} /^# /{print "<h1>" substr($0,3) "</h1>";next}
    /^## /{print "<h2" brk ">" substr($0,4) "</h2>";brk="";next} /^- /{print "<ul><li>" substr($0,3) "</li></ul>";next}
    NF{print "<p" brk ">" $0 "</p>";brk=""}' "$1.txt"
  echo "</section></html>"
}
shy() { sed -E 's/(ministry|parliament|according|explanation|responsibility|insufficient|independent|examination|proceedings|Correspondence|newspaper|committee|presidency)/\1/g;
  s/responsibility/respon\&shy;sibility/g;s/parliament/parlia\&shy;ment/g;s/explanation/expla\&shy;nation/g;s/insufficient/insuffi\&shy;cient/g;
  s/independent/indepen\&shy;dent/g;s/examination/exami\&shy;nation/g;s/proceedings/proceed\&shy;ings/g;s/newspaper/news\&shy;paper/g;
  s/remaining/remain\&shy;ing/g;s/committee/commit\&shy;tee/g;s/ministry/minis\&shy;try/g;s/company/com\&shy;pany/g;s/northern/north\&shy;ern/g;
  s/attackers/attack\&shy;ers/g;s/published/pub\&shy;lished/g;s/documents/docu\&shy;ments/g;s/difference/differ\&shy;ence/g;s/announced/an\&shy;nounced/g'; }
chromium() { # name, with head and foot or "--no-pdf-header-footer"
  "${CHROMIUM:-/usr/bin/chromium}" --headless --no-sandbox --disable-gpu ${2:-} --print-to-pdf="$PWD/$1.pdf" \
    "http://127.0.0.1:$port/$1.html" 2>/dev/null
}
office() { # name: through ODT, since HTML is printed as a web page
  soffice --headless --convert-to odt:writer8 --infilter="HTML (StarWriter)" --outdir "$out" "$out/$1.html" >/dev/null 2>&1
  soffice --headless --convert-to pdf --outdir . "$out/$1.odt" >/dev/null 2>&1
}
for set in "en:Liberation Serif" "ja:IPAGothic" "ar:Amiri" "fa:Vazirmatn" "fa:Nazli" "ar:Naskh"; do
  lang=${set%%:*} font=${set#*:} short=$(tr -d ' ' <<<"${set#*:}" | tr '[:upper:]' '[:lower:]')
  for columns in 1 2; do
    name=$lang-chromium-$short-$columns
    page "$lang" "$columns" "$font" "text-align:$([[ $columns == 2 ]] && echo justify || echo start)" >"$out/$name.html"
    [[ $lang$columns == en2 ]] && shy <"$out/$name.html" >"$out/x" && mv "$out/x" "$out/$name.html"
    chromium "$name" "$([[ $columns == 1 ]] && echo || echo --no-pdf-header-footer)"
  done
  [[ $font == Vazirmatn || $font == Naskh || ${1:-} == chromium ]] && continue # these are web fonts
  name=$lang-libreoffice-$short-1
  page "$lang" 1 "$font" "" >"$out/$name.html"
  office "$name"
done
ls -la ./*.pdf
