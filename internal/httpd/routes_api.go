package httpd

// routesForPrograms are the document for programs and its pages.
func (s *Server) routesForPrograms() []route {
	reference := anybody().ofNow("It says what this program can do, and holds nothing of any collection.")
	return []route{
		{get, "/openapi.json", reference, s.openapi},
		{get, "/api", reference, s.api},
		{get, "/api/:group", reference, s.api},
		{get, "/api/types/:name", reference, s.apiType},
	}
}
