package text

import "testing"

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
		"From: A <a@example.org>\nSubject: Prices\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n" +
			"Prices =\nrose.": "a mail with its headers",
		"\x1b$B;v7o\x1b(B":                           "text in ISO-2022-JP",
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
