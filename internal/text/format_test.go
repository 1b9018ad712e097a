package text

import (
	"strings"
	"testing"
)

// TestFormat: what is no prose is named; a text about any of these formats, or one that begins with labels, is prose.
func TestFormat(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"%PDF-1.7\n1 0 obj":                                                     "a PDF file",
		"{\\rtf1\\ansi Prices rose.}":                                           "an RTF file",
		"\ufeff\n<!DOCTYPE html>\n<html><body>Prices rose.":                     "an HTML page",
		"<?xml version=\"1.0\"?>\n<html xmlns=\"x\">":                           "an HTML page",
		"<?xml version=\"1.0\"?>\n<rss>":                                        "an XML file",
		"1\n00:00:01,000 --> 00:00:03,500\nThe mayor said nine men had":         "subtitles with their times",
		"1\r\n00:00:01,000 --> 00:00:03,500\r\nThe mayor said nine men had\r\n": "subtitles with their times",
		"WEBVTT\n\n00:01.000 --> 00:03.000 align:start\nPrices rose.":           "subtitles with their times",
		"00:01.000 --> 00:03.000 align:start\nPrices rose.":                     "subtitles with their times",
		"0:00:01.000,0:00:03.000\nThe mayor said nine men had":                  "subtitles with their times",
		"From a@example.org Mon Nov  4 10:00:00 2024\nSubject: x\n":             "a mailbox",
		"From 4 November 2024: prices rose.\n":                                  "",
		"\\documentclass{article}\nPrices rose.":                                "a LaTeX source",
		"{\"title\": \"Prices rose\"}":                                          "a JSON file",

		"[Prices rose]":                                                  "",
		"begin 644 a.txt\nM3W":                                           "a uuencoded file",
		"&#1603;&#1604;&#1575;&#1605; x":                                 "text with its letters as numbers",
		"He said \\u0643\\u0644\\u0627\\u0645.":                          "text with its letters as numbers",
		"Costs &amp; prices &#39;rose&#39;.":                             "",
		"[Script Info]\nTitle: x":                                        "subtitles with their times",
		"[ar:Nobody]\n[00:12.30]Prices rose":                             "subtitles with their times",
		"{10}{40}The mayor said nine men had":                            "subtitles with their times",
		"0:00\nthe mayor said nine men had\n0:04\nbeen held on monday\n": "subtitles with their times",
		"10:45\nPrices rose.\n10:32\nCosts fell.\n":                      "",
		"[AP] Prices rose.":                                              "",
		"From: A <a@example.org>\nSubject: Prices\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n" +
			"Prices =\nrose.": "a mail with its headers",
		"\x1b$B;v7o\x1b(B":                                                     "text in ISO-2022-JP",
		"<p>Prices rose.</p>\n<p>Costs fell.</p>":                              "HTML",
		"<div class=\"a\">\n<h2>Prices</h2>":                                   "HTML",
		"Prices\n<p>rose.</p>\n<ul><li>x</li></ul>":                            "HTML",
		"Les prix ont augment=C3=A9 =\nau mois d=E2=80=99ao=C3=BBt=\n.":        "text in quoted-printable",
		"=D9=82=DB=8C=D9=85=D8=AA =D8=A8=D8=A7=D9=84=D8=A7 =D8=B1=D9=81=D8=AA": "text in quoted-printable",
		strings.Repeat(strings.Repeat("QUJD", 19)+"\n", 4):                     "text in base64",
		"PK\x03\x04\x14\x00": "" +
			"a ZIP file, as .docx, .odt and .epub are",
		"\x1f\x8b\x08\x00":                           "a gzip file",
		"\x89PNG\r\n\x1a\n":                          "a picture",
		"\xff\xfeP\x00r\x00":                         "text in UTF-16",
		"if a =B then c=D, 2=2":                      "",
		"He wrote <p> for a paragraph.":              "",
		"Springfield: Tuesday\nThe mayor resigned.":  "",
		"PDF files were leaked on Monday.":           "",
		"From 00:00:01 to 00:00:03 nothing was said": "",
		"<b>Prices</b> rose.":                        "",
		"1\nPrices rose.":                            "",
		"ROE: We have nine men.\nLEE: No.\n":         "",
		"قیمت‌ها بالا رفت.":                          "",
		"":                                           "",
	} {
		if got := Format(raw); got != want {
			t.Errorf("%q is taken for %q, want %q", raw, got, want)
		}
	}
}
