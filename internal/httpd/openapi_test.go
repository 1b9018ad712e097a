package httpd

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/notices"
	"claimbench/internal/proposals"
	"claimbench/internal/replies"
	"claimbench/internal/review"
	"claimbench/internal/shelf"
	"claimbench/internal/watches"
)

// vocabularies are the closed lists that answers and requests take their words from.
func vocabularies() map[reflect.Type]vocabulary {
	out := map[reflect.Type]vocabulary{}
	add := func(t reflect.Type, v vocabulary) { out[t] = v }
	add(wordsOf(addresses.States))
	add(wordsOf(articles.States))
	add(wordsOf(articles.Rules))
	add(wordsOf(articles.Guards))
	add(wordsOf(auth.Roles))
	add(wordsOf(captures.Ways))
	add(wordsOf(captures.Founds))
	add(wordsOf(claims.States))
	add(wordsOf(claims.Verdicts))
	add(wordsOf(claims.Kinds))
	add(wordsOf(claims.WhyNots))
	add(wordsOf(claims.Anchors))
	add(wordsOf(claims.BatchActs))
	add(wordsOf(claimset.States))
	add(wordsOf(claimset.Peoples))
	add(wordsOf(claimset.Causes))
	add(wordsOf(claimset.Replies))
	add(wordsOf(claimset.Conditions))
	add(wordsOf(claimset.Ways))
	add(wordsOf(desk.StoryKinds))
	add(wordsOf(evidence.Stances))
	add(wordsOf(evidence.Kinds))
	add(wordsOf(notices.Kinds))
	add(wordsOf(proposals.Kinds))
	add(wordsOf(proposals.Outcomes))
	add(wordsOf(proposals.Whys))
	add(wordsOf(replies.Ways))
	add(wordsOf(replies.Outcomes))
	add(wordsOf(review.Orders))
	add(wordsOf(review.Hows))
	add(wordsOf(review.Outcomes))
	add(wordsOf(review.Causes))
	add(wordsOf(review.Tabs))
	add(wordsOf(review.Whys))
	add(wordsOf(shelf.Formats))
	add(wordsOf(watches.Fates))
	// open ones: what is made of a name and something more
	out[reflect.TypeFor[claims.Form]()] = nil
	return out
}

// queryWords say what the parameters of addresses are.
var queryWords = map[string]string{
	"act": "what the chosen are to be done", "action": "an action of the history, such as claim.accepted",
	"actor": "the number of a person", "adopt": "the letter of the review that is taken over",
	"after": "what `next` of the page before said", "all": "1: all at once, up to the cap",
	"compare":  "the number of an arrival that is shown beside the article",
	"page":     "the number of a page of the file, 1 the first",
	"answered": "1: those that are answered, too", "article": "the number of an article",
	"asof": "a moment in RFC 3339: as it stood then. For auditors", "assignee": "who it is assigned to",
	"at":            "the size of a tree",
	"attribution":   "who said it, as it is typed",
	"back":          "a page of this site to come back to",
	"before":        "what `next` of the page before said",
	"capture":       "the number of a capture",
	"claim":         "the number of a claim",
	"code":          "what the other site gave",
	"end":           "the end of a span in code points",
	"error":         "what the other site says went wrong",
	"event":         "the number of an event",
	"from":          "a day (2006-01-02), or where it begins",
	"gaps":          "the page of gaps that follows",
	"hedge":         "the hedge, as it is typed",
	"here":          "the page of the queue that the form stands on",
	"how":           "how claims are given out",
	"kind":          "what part of it",
	"lang":          "a language (BCP 47)",
	"list":          "1: the list, too",
	"menu":          "1: with the choices of the filters",
	"mine":          "1: only one's own",
	"next":          "a page of this site to go to",
	"object":        "an object of the history, such as claim:7",
	"open":          "the part of the page that is open",
	"order":         "the order in which the list was begun",
	"part":          "a part of the document",
	"person":        "a person's name",
	"q":             "the words that are searched",
	"revision":      "the number of a revision",
	"round":         "the number of a round",
	"sentence":      "the number of a sentence",
	"share":         "in how many parts",
	"sort":          "in which order",
	"source":        "the number of a source",
	"start":         "the start of a span in code points",
	"state":         "the state",
	"statement":     "the statement, as it is typed",
	"tab":           "which list of the queue",
	"take":          "the letter of the review that is taken over",
	"text":          "words that stand in it",
	"to":            "a day (2006-01-02), or where it ends",
	"verdict":       "the verdict",
	"version":       "a version",
	"words_version": "the version of the words",
	"words":         "of which the key words are asked, at most 2,000 characters",
	"in":            "the language of the key words: en, ar, fa or ja",
	"zone":          "a time zone (Europe/Berlin)",
	"again":         "1: find the places anew",
}

const aboutAPI = `Every page of the workbench answers programs in JSON: ask with "Accept: application/json".

**Who asks.** "Authorization: Bearer TOKEN" with a personal token or that of a machine, or the cookie of a session; ` +
	`never both. A token never stands in an address.

**Answers** are one object. Members are snake_case; a list is never null; what does not apply is left out; moments ` +
	`are RFC 3339 in UTC; spans count Unicode code points of the raw text. Lists have "items" and, where there is ` +
	`more, "next": send it as the parameter "after" or "before" that the route takes. Counts are capped where their ` +
	`description says so.

**Errors** are application/problem+json (RFC 9457) in one shape, Problem.

**Changes** are POST. "Idempotency-Key" lets a request that is sent again be done once. What an act changes has a ` +
	`"version": send the one that you read in the body, or as If-Match: "3"; if somebody was faster, the answer is 409.

**Unknown fields and parameters are refused.** Answers may get new members: pass over those that you do not know.`

// handlerName is the method that answers a route; of one that was made by another method, that one.
func handlerName(r route) string {
	name := runtime.FuncForPC(reflect.ValueOf(r.handle).Pointer()).Name()
	name = strings.TrimSuffix(name[strings.LastIndex(name, ")")+2:], "-fm")
	name, _, _ = strings.Cut(name, ".")
	return name
}

var pathParam = regexp.MustCompile(`:([a-z]+)`)

// document makes the document of a server's table.
func document(t *testing.T, s *Server) *openapi3.T {
	t.Helper()
	src := sources{t, map[string]room{}, vocabularies()}
	all := &schemas{t, openapi3.Schemas{}, map[string]reflect.Type{}, src}
	doc := &openapi3.T{OpenAPI: "3.0.3", Paths: openapi3.NewPaths(), Info: &openapi3.Info{Title: "Claimbench",
		Version: "1", Description: aboutAPI}, Components: &openapi3.Components{}}
	doc.Components.SecuritySchemes = openapi3.SecuritySchemes{
		"token":   {Value: openapi3.NewSecurityScheme().WithType("http").WithScheme("bearer")},
		"session": {Value: openapi3.NewSecurityScheme().WithType("apiKey").WithIn("cookie").WithName("session")},
	}
	problem := all.ref(reflect.TypeFor[problem](), inAnswer)
	all.made["Problem"].Value.Properties["context"] = contexts(all)
	for _, r := range s.routes() {
		doc.AddOperation(pathParam.ReplaceAllString(r.path, "{$1}"), r.method, operation(s, all, r))
	}
	doc.Components.Schemas = all.made
	doc.Components.Responses = openapi3.ResponseBodies{"Problem": {Value: openapi3.NewResponse().WithDescription(
		"What was wrong, and the remedy.").WithContent(openapi3.NewContentWithSchemaRef(problem,
		[]string{problemType}))}}
	doc.Components.Parameters = openapi3.ParametersMap{
		"IdempotencyKey": header(keyHeader, "a name for this request, 1 to 200 visible ASCII characters: sent again, "+
			"it is done once, and answered as the first time"),
		"IfMatch": header("If-Match", `the version that was read, such as "3", instead of the field version`)}
	return doc
}

// contexts are what a problem may carry beside its message.
func contexts(all *schemas) *openapi3.SchemaRef {
	out := &openapi3.Schema{Description: "what somebody else's change reads, or which guards were not met"}
	for _, a := range []desk.Answer{desk.ConflictJSON{}, desk.GlossJSON{}, desk.DraftJSON{}, desk.SentJSON{},
		desk.List[desk.FailureJSON]{}} {
		out.AnyOf = append(out.AnyOf, all.ref(reflect.TypeOf(a), inAnswer))
	}
	return out.NewRef()
}

func operation(s *Server, all *schemas, r route) *openapi3.Operation {
	op := openapi3.NewOperation()
	op.OperationID = strings.Trim(strings.NewReplacer("/", "_", ":", "", "-", "_", ".", "_").Replace(
		strings.ToLower(r.method)+r.path), "_")
	about := all.src.handler(r)
	op.Summary = firstSentence(about)
	op.Description = strings.TrimSpace(strings.TrimPrefix(about, op.Summary) + "\n\n" + needs(s.Policy, r.access))
	op.Tags = []string{tagOf(r.path)}
	if !r.access.open {
		op.Security = &openapi3.SecurityRequirements{{"token": {}}, {"session": {}}}
	}
	op.Parameters = parameters(all, r)
	if r.access.speaks.in != nil {
		form := all.ref(reflect.TypeOf(r.access.speaks.in), inRequest)
		body := openapi3.NewRequestBody().WithContent(openapi3.NewContentWithJSONSchemaRef(form))
		op.RequestBody = &openapi3.RequestBodyRef{Value: body}
	}
	op.Responses = answers(all, r)
	return op
}

// tagOf groups operations by the first word of their address that names a thing.
func tagOf(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if parts[0] == "collections" && len(parts) > 2 {
		return parts[2]
	}
	if parts[0] == "" {
		return "house"
	}
	return parts[0]
}

// needs says what a route asks of whoever comes.
func needs(p *auth.Policy, a access) string {
	switch {
	case a.open:
		return "Anybody may ask."
	case a.signed:
		return "Anybody who is signed in may ask."
	}
	roles := []string{}
	for _, r := range p.RolesFor(a.thing, a.action) {
		roles = append(roles, string(r))
	}
	return "Needs `" + string(a.thing) + ":" + string(a.action) + "` (" + strings.Join(roles, ", ") + ")."
}

func parameters(all *schemas, r route) (out openapi3.Parameters) {
	for _, m := range pathParam.FindAllStringSubmatch(r.path, -1) {
		p := openapi3.NewPathParameter(m[1]).WithSchema(openapi3.NewStringSchema())
		if slices.Contains([]string{"id", "collection", "seq"}, m[1]) && !strings.Contains(r.path, "/batches/:id") {
			p.Schema.Value = openapi3.NewInt64Schema().WithMin(1)
		}
		out = append(out, &openapi3.ParameterRef{Value: p})
	}
	for _, q := range r.access.params {
		about := queryWords[q.name]
		if about == "" {
			all.t.Errorf("%s: nothing says what the parameter %s is", r.name(), q.name)
		}
		schema := openapi3.NewStringSchema()
		for _, x := range q.terms {
			schema.Enum = append(schema.Enum, x.Name)
		}
		if q.terms != nil {
			schema.Enum = append(schema.Enum, "")
		}
		p := openapi3.NewQueryParameter(q.name).WithDescription(lines(about, q.terms)).WithSchema(schema)
		out = append(out, &openapi3.ParameterRef{Value: p})
	}
	if r.method == post && !r.access.open {
		out = append(out, &openapi3.ParameterRef{Ref: "#/components/parameters/IdempotencyKey"})
	}
	if takesVersion(r.access.speaks.in) {
		out = append(out, &openapi3.ParameterRef{Ref: "#/components/parameters/IfMatch"})
	}
	return out
}

func header(name, about string) *openapi3.ParameterRef {
	p := openapi3.NewHeaderParameter(name).WithDescription(about).WithSchema(openapi3.NewStringSchema())
	return &openapi3.ParameterRef{Value: p}
}

func takesVersion(form any) bool {
	if form == nil {
		return false
	}
	has := false
	eachField(reflect.New(reflect.TypeOf(form)).Elem(), func(name string, _ reflect.Value) {
		has = has || name == "version" || name == "opened"
	})
	return has
}

func answers(all *schemas, r route) *openapi3.Responses {
	ok := openapi3.NewResponse().WithDescription("Done.")
	switch {
	case r.access.speaks.out == nil:
		ok.WithDescription("Not JSON. " + r.access.speaks.silent)
	default:
		ok.WithContent(openapi3.NewContentWithJSONSchemaRef(said(all, r.access.speaks)))
		about := all.src.about(reflect.TypeOf(r.access.speaks.out))
		if about == "" {
			about = "Done."
		}
		ok.WithDescription(about)
		if _, has := desk.VersionOf(r.access.speaks.out); has {
			h := &openapi3.Header{Parameter: openapi3.Parameter{Description: "the version, for If-Match",
				Schema: openapi3.NewStringSchema().NewRef()}}
			ok.Headers = openapi3.Headers{"ETag": {Value: h}}
		}
	}
	out := openapi3.NewResponses(openapi3.WithName("2XX", ok))
	out.Set("default", &openapi3.ResponseRef{Ref: "#/components/responses/Problem"})
	return out
}

// said is the schema of what a route answers.
func said(all *schemas, says speaks) *openapi3.SchemaRef {
	one := all.ref(reflect.TypeOf(says.out), inAnswer)
	if says.or == nil {
		return one
	}
	return (&openapi3.Schema{AnyOf: openapi3.SchemaRefs{one, all.ref(reflect.TypeOf(says.or), inAnswer)}}).NewRef()
}

const documentFile = "openapi.json"

// TestTheDocumentIsMadeFromTheTable: openapi.json, which the server serves and the command prints, is what the table of
// routes and the types say. With -update it is written anew.
func TestTheDocumentIsMadeFromTheTable(t *testing.T) {
	t.Parallel()
	doc := document(t, newDoor(t).server)
	raw, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	raw = append(raw, '\n')
	read, err := openapi3.NewLoader().LoadFromData(raw)
	if err == nil {
		err = read.Validate(context.Background())
	}
	if err != nil {
		t.Fatalf("the document is not valid: %v", err)
	}
	if *update {
		if err := os.WriteFile(documentFile, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	was, err := os.ReadFile(documentFile)
	if err != nil || !bytes.Equal(was, raw) {
		t.Errorf("%s is not what the table of routes says; run with -update and look at what changed (%v)",
			documentFile, err)
	}
}

// TestEveryRouteSaysWhatItSpeaks: a route without its types, or a line without its route, fails.
func TestEveryRouteSaysWhatItSpeaks(t *testing.T) {
	t.Parallel()
	lines := map[string]int{}
	for _, l := range spoken {
		lines[l.route]++
	}
	for _, r := range newDoor(t).server.routes() {
		says := r.access.speaks
		switch n := lines[r.name()]; {
		case n != 1:
			t.Errorf("%s has %d lines in routes_spoken.go", r.name(), n)
		case says.out == nil && len(says.silent) < 20:
			t.Errorf("%s answers no JSON, and does not say why", r.name())
		case says.out != nil && says.silent != "":
			t.Errorf("%s answers JSON and says why it does not", r.name())
		case r.method == post && says.in == nil:
			t.Errorf("%s does not say what it reads", r.name())
		}
		if says, silent := says.out == nil, notJSON[r.name()]; says != silent && r.path != livePath {
			t.Errorf("%s: answers no JSON is %t here, %t in the walk of all answers", r.name(), says, silent)
		}
		delete(lines, r.name())
	}
	for name := range lines {
		t.Errorf("routes_spoken.go has a line for %s, which is no route", name)
	}
}
