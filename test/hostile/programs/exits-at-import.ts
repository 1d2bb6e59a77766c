// does: ends itself with exit status 0 while it is loaded, as a successful test run does
// exercise: endpoints
// status: fail
// crash: every test
// says: process\.exit\(0\)
process.exit(0)
