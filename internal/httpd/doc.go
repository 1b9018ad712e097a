// Package httpd is the workbench's door for browsers and programs: routes, forms, pages, the JSON API, downloads and
// live news. It is the only package that knows HTTP status codes.
//
// A request passes, in this order: a number of its own and the log (middleware.go), a deadline that moves with every
// piece of the answer (progress.go), the limit and pace of its body (body.go), the checks of its origin and address
// (middleware.go, well_formed.go, query.go), a total deadline unless the route streams, and the session. Then guard
// asks the permission that the route's line names, once.go sees to it that a request with a key is done once, and the
// handler binds what was sent (bind.go), asks a service or the desk, and answers (page.go).
//
// A tour of the files: server.go puts it together; routes.go and routes_pages.go are the table, where every line names
// its permission, the parameters of its address, and how large its body may be; errors.go turns faults into answers and
// problem.go into RFC 9457 for programs; metrics.go counts and writes the one line that a fault has in the log;
// download.go sends files; live.go tells of news; drain.go stops. Every other file is named for its handlers.
//
// The one rule not to break: no handler decides what a person may see or do. The route names a permission; everything
// else is asked of internal/desk and of the services.
package httpd
