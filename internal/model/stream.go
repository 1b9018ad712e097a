package model

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"time"

	"claimbench/internal/fault"
)

// streamed reads an answer that comes in pieces (text/event-stream): lines “data: JSON”, the last “data: [DONE]”. A
// stream without that end is cut, however whole its words look.
func (c *Client) streamed(body io.Reader, begun time.Time) (out Answer, err error) {
	lines := bufio.NewReaderSize(body, 64<<10)
	var words strings.Builder
	finish := ""
	for {
		line, err := lineOf(lines)
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = fault.New(fault.Unavailable, "The model's answer broke off: the stream of %s has no end.",
					c.Host())
			}
			return Answer{}, err
		}
		data, is := bytes.CutPrefix(line, []byte("data:"))
		if data = bytes.TrimSpace(data); !is || len(data) == 0 { // a comment, a name, or the line between two pieces
			continue
		}
		if string(data) == "[DONE]" {
			break
		}
		var got completion
		if err := c.piece(data, &got); err != nil {
			return Answer{}, err
		}
		if len(got.Choices) == 0 { // the last one of some servers counts tokens
			continue
		}
		one := got.Choices[0]
		if one.Delta.Content != "" {
			if out.Pieces++; out.Pieces == 1 {
				out.First = time.Since(begun)
			}
			words.WriteString(one.Delta.Content)
		}
		if words.Len() > mostContent {
			return Answer{}, c.tooLong()
		}
		if one.Finish != "" {
			finish = one.Finish
		}
		if got.Model != "" {
			out.Model = got.Model
		}
	}
	out.Content, out.Took = words.String(), time.Since(begun)
	return c.taken(out, finish)
}

// lineOf reads a line without its end.
func lineOf(r *bufio.Reader) ([]byte, error) {
	var out []byte
	for {
		part, more, err := r.ReadLine()
		if err != nil {
			return nil, err
		}
		if !more && out == nil {
			return part, nil
		}
		if out = append(out, part...); len(out) > mostLine {
			return nil, fault.New(fault.Invalid, "The model's server sends a line of more than %d MB.", mostLine>>20)
		}
		if !more {
			return out, nil
		}
	}
}
