// Package httpd is the workbench's door for browsers and programs: routes, forms, pages, the JSON API, downloads and
// live news. It is the only package that knows HTTP status codes.
//
// A request passes, in this order: a number of its own and the log (middleware.go), a deadline that moves with every
// piece of the answer, the limit and pace of its body (progress.go), the checks of its origin and address
// (middleware.go; of its query in routes.go), a total deadline unless the route streams, and the session
// (sign_in.go). Then guard asks the permission that the route's line names, once.go sees to it that a request with a
// key is done once (sent_again.go, sent_reread.go: how the second sending is answered), and the handler reads what was
// sent and lets a service do it (bind.go: carryOut), or asks the desk, and answers (answer.go). JSON is read by
// internal/jsonin.
//
// A tour of the files: server.go puts it together, and stops it; routes.go and routes_pages.go are the table, where
// every line names its permission, the parameters of its address, and how large its body may be; middleware.go has
// what every request goes through, its counts and its line in the log; sign_in.go says who comes, with the cookies;
// answer.go answers, and holds every redirect to our own pages; page.go is what surrounds a page; errors.go turns
// faults into answers and problem.go into RFC 9457 for programs; download.go sends files; live.go tells of news.
// Every other file is named for its handlers.
//
// The one rule not to break: no handler decides what a person may see or do. The route names a permission; everything
// else is asked of internal/desk and of the services.
package httpd
