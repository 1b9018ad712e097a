package httpd

import (
	"go/ast"
	"go/parser"
	"go/token"
	"mime/multipart"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"claimbench/internal/desk"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// Schemas of the document, made from the Go types that requests are read into and answers are written from.

// schemas collects the schemas of a document.
type schemas struct {
	t    *testing.T
	made openapi3.Schemas
	of   map[string]reflect.Type
	src  sources
}

// vocabulary is a closed list of names with their words.
type vocabulary []term.Term[string]

func wordsOf[T ~string](of term.Table[T]) (reflect.Type, vocabulary) {
	var all vocabulary
	for _, t := range of.Terms() {
		all = append(all, term.Term[string]{Name: string(t.Name), Word: t.Word, About: t.About})
	}
	return reflect.TypeFor[T](), all
}

// componentName is what a type is called in the document: what programs are spoken to in by its plain name, the types
// of rooms with the room before it.
func componentName(t reflect.Type) string {
	room, name := filepath.Base(t.PkgPath()), t.Name()
	if of, list, ok := strings.Cut(name, "["); ok {
		list = strings.TrimSuffix(list[strings.LastIndex(list, ".")+1:], "]")
		return strings.TrimSuffix(list, "JSON") + of
	}
	switch room {
	case "desk":
		if name == "SourceJSON" { // what articles say of their source; Source is all of it
			return "SourceNamed"
		}
		return strings.TrimSuffix(name, "JSON")
	case "httpd":
		return strings.ToUpper(name[:1]) + name[1:]
	}
	return room + "." + name
}

// sent says which way a value goes: a form that is read has no field that must be there unless its tag says so.
type sent bool

const (
	inRequest sent = true
	inAnswer  sent = false
)

func (s *schemas) ref(t reflect.Type, way sent) *openapi3.SchemaRef {
	switch {
	case t.Kind() == reflect.Pointer:
		return s.nullable(t.Elem(), way)
	case t == reflect.TypeFor[desk.Time]():
		s.made["Moment"] = openapi3.NewStringSchema().WithFormat("date-time").WithPattern(
			`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$`).NewRef()
		return openapi3.NewSchemaRef("#/components/schemas/Moment", nil)
	case t == reflect.TypeFor[desk.Answer]():
		return &openapi3.SchemaRef{Value: openapi3.NewObjectSchema().WithAnyAdditionalProperties()}
	case t == reflect.TypeFor[store.Named]():
		return s.ref(reflect.TypeFor[map[string][]string](), way)
	case t.PkgPath() == "" || t.Kind() != reflect.Struct && t.Kind() != reflect.String:
		return &openapi3.SchemaRef{Value: s.plain(t, way)}
	case t.Kind() == reflect.String && len(s.src.terms(t)) == 0:
		return &openapi3.SchemaRef{Value: openapi3.NewStringSchema()}
	}
	name := componentName(t)
	if was, there := s.of[name]; there && was != t {
		s.t.Fatalf("%s and %s are both called %s", was, t, name)
	}
	if s.of[name] == nil {
		s.of[name] = t
		schema := s.component(t, way)
		schema.Description = s.src.about(t)
		if all := s.src.terms(t); t.Kind() == reflect.String {
			schema.Description = lines(schema.Description, all)
		}
		s.made[name] = schema.NewRef()
	}
	return openapi3.NewSchemaRef("#/components/schemas/"+name, nil)
}

// lines adds what each name of a vocabulary means.
func lines(about string, all vocabulary) string {
	for _, t := range all {
		if t.Word == "" && t.About == "" {
			continue
		}
		about += "\n- `" + t.Name + "`: " + strings.TrimPrefix(strings.TrimSuffix(t.Word+". "+t.About, ". "), ". ")
	}
	return strings.TrimPrefix(about, "\n")
}

func (s *schemas) component(t reflect.Type, way sent) *openapi3.Schema {
	if t.Kind() == reflect.Struct {
		return s.object(t, way)
	}
	out := openapi3.NewStringSchema()
	for _, x := range s.src.terms(t) {
		out.Enum = append(out.Enum, x.Name)
	}
	return out
}

func (s *schemas) nullable(t reflect.Type, way sent) *openapi3.SchemaRef {
	ref := s.ref(t, way)
	if ref.Ref != "" {
		return ref // a field that is a pointer to an object is left out, never null
	}
	v := *ref.Value
	v.Nullable = way == inRequest
	return v.NewRef()
}

func (s *schemas) plain(t reflect.Type, way sent) *openapi3.Schema {
	switch t.Kind() {
	case reflect.String:
		return openapi3.NewStringSchema()
	case reflect.Bool:
		return openapi3.NewBoolSchema()
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Uint8:
		return openapi3.NewInt64Schema()
	case reflect.Float64, reflect.Float32:
		return openapi3.NewFloat64Schema()
	case reflect.Slice:
		out := openapi3.NewArraySchema()
		out.Items = s.ref(t.Elem(), way)
		out.Nullable = way == inRequest
		return out
	case reflect.Map:
		out := openapi3.NewObjectSchema()
		out.AdditionalProperties.Schema = s.ref(t.Elem(), way)
		out.Nullable = way == inRequest
		return out
	case reflect.Struct:
		return s.object(t, way)
	}
	s.t.Fatalf("%s has no form in the document", t)
	return nil
}

func (s *schemas) object(t reflect.Type, way sent) *openapi3.Schema {
	out := openapi3.NewObjectSchema().WithoutAdditionalProperties()
	s.fields(out, t, way)
	slices.Sort(out.Required)
	return out
}

// fields adds the fields of a struct; those of an outer one stand before those of one within it.
func (s *schemas) fields(out *openapi3.Schema, t reflect.Type, way sent) {
	var within []reflect.Type
	for i := range t.NumField() {
		f := t.Field(i)
		name, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			within = append(within, f.Type)
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Pointer:
			within = append(within, f.Type.Elem())
		case name == "" || name == "-" || !f.IsExported() || out.Properties[name] != nil ||
			f.Type == reflect.TypeFor[*multipart.FileHeader]():
		default:
			ref := s.ref(f.Type, way)
			if f.Type.Kind() == reflect.Pointer && ref.Ref == "" && !strings.Contains(opts, "omit") {
				v := *ref.Value
				v.Nullable = true
				ref = v.NewRef()
			}
			if about := s.src.field(t, f.Name); about != "" {
				ref = described(ref, about)
			}
			needed := strings.Contains(f.Tag.Get("validate"), "required")
			if way == inRequest && !needed && ref.Ref == "" {
				v := *ref.Value // null counts as left out
				v.Nullable = len(v.AllOf) == 0
				ref = v.NewRef()
			}
			ref = s.optional(ref, f, way, s.src.field(t, f.Name))
			out.WithPropertyRef(name, ref)
			if way == inAnswer && !strings.Contains(opts, "omit") ||
				way == inRequest && strings.Contains(f.Tag.Get("validate"), "required") {
				out.Required = append(out.Required, name)
			}
		}
	}
	for _, inner := range within {
		s.fields(out, inner, way)
	}
}

// optional lets a word of a vocabulary be empty: in a request where nothing says that it must be there, in an answer
// where the field's comment begins with "".
func (s *schemas) optional(ref *openapi3.SchemaRef, f reflect.StructField, way sent,
	about string) *openapi3.SchemaRef {
	of := f.Type
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	empties := way == inRequest && !strings.Contains(f.Tag.Get("validate"), "required") ||
		way == inAnswer && strings.HasPrefix(about, `""`)
	if of.Kind() != reflect.String || len(s.src.terms(of)) == 0 || !empties {
		return ref
	}
	none := openapi3.NewStringSchema().WithEnum("")
	if way == inRequest {
		none.Nullable = true
	}
	if ref.Value != nil {
		ref = ref.Value.AllOf[0]
	}
	any := &openapi3.Schema{AnyOf: openapi3.SchemaRefs{ref, none.NewRef()}, Description: about}
	return any.NewRef()
}

func described(ref *openapi3.SchemaRef, about string) *openapi3.SchemaRef {
	if ref.Ref != "" {
		return (&openapi3.Schema{AllOf: openapi3.SchemaRefs{ref}, Description: about}).NewRef()
	}
	v := *ref.Value
	v.Description = about
	return v.NewRef()
}

// sources are the comments and constants of our own packages, which say what a type, a field and a handler are.
type sources struct {
	t      *testing.T
	rooms  map[string]room
	tables map[reflect.Type]vocabulary
}

type room struct {
	about  map[string]string     // "Type", "Type.Field", "(Server).handler"
	values map[string]vocabulary // of a type of strings: its constants
}

func (s sources) room(path string) room {
	dir, ours := strings.CutPrefix(path, "claimbench/")
	if !ours {
		return room{}
	}
	if r, there := s.rooms[path]; there {
		return r
	}
	r := room{map[string]string{}, map[string]vocabulary{}}
	s.rooms[path] = r
	names, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
	if err != nil || len(names) == 0 {
		s.t.Fatalf("no files of %s: %v", path, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, d := range f.Decls {
			r.read(d)
		}
	}
	return r
}

func (r room) read(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			r.about["()."+d.Name.Name] = oneParagraph(d.Doc)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch x := spec.(type) {
			case *ast.TypeSpec:
				r.readType(x, d.Doc)
			case *ast.ValueSpec:
				r.readValue(x)
			}
		}
	}
}

func (r room) readType(x *ast.TypeSpec, doc *ast.CommentGroup) {
	if x.Doc != nil {
		doc = x.Doc
	}
	r.about[x.Name.Name] = oneParagraph(doc)
	of, ok := x.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range of.Fields.List {
		about := oneParagraph(f.Doc)
		if about == "" {
			about = oneParagraph(f.Comment)
		}
		for _, name := range f.Names {
			r.about[x.Name.Name+"."+name.Name] = about
		}
	}
}

func (r room) readValue(x *ast.ValueSpec) {
	of, ok := x.Type.(*ast.Ident)
	if !ok || len(x.Names) != len(x.Values) {
		return
	}
	for i := range x.Names {
		if lit, ok := x.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			value, _ := strconv.Unquote(lit.Value)
			r.values[of.Name] = append(r.values[of.Name], term.Term[string]{Name: value,
				About: oneParagraph(x.Comment)})
		}
	}
}

func oneParagraph(c *ast.CommentGroup) string {
	first, _, _ := strings.Cut(c.Text(), "\n\n")
	return strings.Join(strings.Fields(first), " ")
}

func (s sources) about(t reflect.Type) string {
	name, _, _ := strings.Cut(t.Name(), "[")
	return s.room(t.PkgPath()).about[name]
}

func (s sources) field(t reflect.Type, name string) string {
	of, _, _ := strings.Cut(t.Name(), "[")
	return s.room(t.PkgPath()).about[of+"."+name]
}

// terms are the names that a type of strings has: those of its vocabulary, or else its constants.
func (s sources) terms(t reflect.Type) vocabulary {
	if all, there := s.tables[t]; there {
		return all
	}
	if t.PkgPath() == "" || t.Kind() != reflect.String {
		return nil
	}
	return s.room(t.PkgPath()).values[t.Name()]
}

// handler is the first sentences of what a handler does: “claimAccept takes a candidate in.” is “Takes a candidate in.”
func (s sources) handler(r route) string {
	name := handlerName(r)
	about := s.room("claimbench/internal/httpd").about["()."+name]
	if _, rest, ok := strings.Cut(about, " "); ok && strings.HasPrefix(about, name) {
		about = strings.ToUpper(rest[:1]) + rest[1:]
	}
	if about == "" {
		s.t.Errorf("the handler %s of %s says nothing of itself", name, r.name())
	}
	return about
}

func firstSentence(about string) string {
	if first, _, more := strings.Cut(about, ". "); more {
		return first + "."
	}
	return about
}
