package fakeapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Telegram has its own words for the parameters that are most often forgotten.
var missing = map[string]string{
	"chat_id":    "chat_id is empty",
	"text":       "message text is empty",
	"message_id": "message identifier is not specified",
	"document":   "there is no document in the request",
	"photo":      "there is no photo in the request",
	"voice":      "there is no voice in the request",
	"commands":   `can't parse list of bot commands: parameter "commands" is required`,
	"callback_query_id": "query is too old and response timeout expired or " +
		"query ID is invalid",
}

// check compares a call with the schema: known parameter names, required ones present, types.
// Telegram ignores a parameter it does not know; the fake refuses it, as it is always a slip.
func (sc schema) check(m *object, c *call) error {
	for name := range c.files {
		if _, ok := m.fields[name]; !ok && !c.attached(name) {
			return bad("fakeapi: method %s has no parameter %q for a file", m.name, name)
		}
	}
	for name, value := range c.params {
		f, ok := m.fields[name]
		if !ok {
			return bad("fakeapi: method %s has no parameter %q", m.name, name)
		}
		if !utf8.ValidString(value) {
			return bad("strings must be encoded in UTF-8")
		}
		if value == "" && !f.required { // an empty value is an absent one
			continue
		}
		if err := sc.text(f.kinds, value); err != nil {
			return bad("can't parse parameter %q: %s", name, err)
		}
	}
	for _, f := range m.order {
		_, isFile := c.files[f.name]
		if _, ok := c.params[f.name]; f.required && !ok && !isFile {
			if words, ok := missing[f.name]; ok {
				return bad("%s", words)
			}
			return bad("parameter %q is required", f.name)
		}
	}
	return nil
}

// text checks a parameter as it arrives in a form: scalars as text, everything else as JSON.
func (sc schema) text(kinds []string, value string) error {
	var nested []string
	for _, k := range kinds {
		switch k {
		case "s", "InputFile":
			return nil
		case "i":
			if _, err := strconv.ParseInt(value, 10, 64); err == nil {
				return nil
			}
		case "f":
			if _, err := strconv.ParseFloat(value, 64); err == nil {
				return nil
			}
		case "b":
			if value == "true" || value == "false" {
				return nil
			}
		default:
			nested = append(nested, k)
		}
	}
	if len(nested) == 0 {
		return fmt.Errorf("%q is no %s", value, strings.Join(names(kinds), " or "))
	}
	d := json.NewDecoder(bytes.NewReader([]byte(value)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return fmt.Errorf("can't parse JSON: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("can't parse JSON: text after the value")
	}
	return sc.oneOf(nested, v)
}

// oneOf accepts a value that is of at least one kind. With several kinds the message is the one
// of the kind the value resembles most, that is, whose required fields and constants it has.
func (sc schema) oneOf(kinds []string, v any) error {
	var first, nearest error
	for _, k := range kinds {
		err := sc.value(k, v)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
		if nearest == nil && sc.resembles(k, v) {
			nearest = err
		}
	}
	switch {
	case nearest != nil:
		return nearest
	case len(kinds) == 1:
		return first
	}
	return fmt.Errorf("fits none of %s", strings.Join(names(kinds), ", "))
}

func (sc schema) resembles(kind string, v any) bool {
	o := sc.types[kind]
	m, ok := v.(map[string]any)
	if !ok || o == nil || o.union != nil {
		return false
	}
	for _, f := range o.order {
		got, has := m[f.name]
		if f.required && !has || f.constant != "" && got != f.constant {
			return false
		}
	}
	return true
}

// value checks a decoded JSON value against one kind.
func (sc schema) value(kind string, v any) error {
	ok := true
	switch kind {
	case "s":
		_, ok = v.(string)
	case "b":
		_, ok = v.(bool)
	case "f":
		_, ok = v.(json.Number)
	case "i":
		var n json.Number
		if n, ok = v.(json.Number); ok {
			_, err := n.Int64()
			ok = err == nil
		}
	case "InputFile":
		_, ok = v.(string)
	default:
		if item, isArray := strings.CutPrefix(kind, "["); isArray {
			return sc.array(item, v)
		}
		return sc.object(kind, v)
	}
	if !ok {
		return fmt.Errorf("must be of type %s", names([]string{kind})[0])
	}
	return nil
}

func (sc schema) array(item string, v any) error {
	list, ok := v.([]any)
	if !ok {
		return fmt.Errorf("must be of type Array")
	}
	for i, e := range list {
		if err := sc.value(item, e); err != nil {
			return fmt.Errorf("[%d] %w", i, err)
		}
	}
	return nil
}

func (sc schema) object(kind string, v any) error {
	o := sc.types[kind]
	if o.union != nil {
		return sc.oneOf(o.union, v)
	}
	m, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("must be of type Object %s", kind)
	}
	for name, member := range m {
		f, ok := o.fields[name]
		switch {
		case !ok:
			return fmt.Errorf("fakeapi: %s has no field %q", kind, name)
		case member == nil && !f.required:
			continue
		case f.constant != "" && member != f.constant:
			return fmt.Errorf("field %q of %s must be %q", name, kind, f.constant)
		}
		if err := sc.oneOf(f.kinds, member); err != nil {
			return fmt.Errorf("field %q: %w", name, err)
		}
	}
	for _, f := range o.order {
		if _, ok := m[f.name]; f.required && !ok {
			return fmt.Errorf("can't find field %q of %s", f.name, kind)
		}
	}
	return nil
}

// names gives kinds the names the Bot API's pages use.
func names(kinds []string) []string {
	short := map[string]string{"s": "String", "i": "Integer", "f": "Float", "b": "Boolean"}
	var out []string
	for _, k := range kinds {
		item := strings.TrimLeft(k, "[")
		if long, ok := short[item]; ok {
			item = long
		}
		out = append(out, strings.Repeat("Array of ", strings.Count(k, "["))+item)
	}
	return out
}
