package intake

import "mime"

// readText takes a text as it is, sign for sign, out of its charset into UTF-8; what is of the site and not of the
// article is left out when the sender asks for it.
func readText(raw []byte, f File) (Document, error) {
	got, err := decode(raw, f.Charset, charsetOf(f.Media))
	if err != nil {
		return Document{}, err
	}
	d := Document{Text: got.text, Encoding: got.charset, Notes: got.notes, Origin: originOf(got.text)}
	if f.Clean {
		d.clean()
	}
	return d, nil
}

// charsetOf is the charset of a declared media type; "" it names none.
func charsetOf(media string) string {
	_, params, _ := mime.ParseMediaType(media)
	return params["charset"]
}
