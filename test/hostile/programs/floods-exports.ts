// does: has a name for its only export that is a megabyte long
// exercise: endpoints
// status: fail
// fail: every test
// says: exports no `describeConnection`
// made: the test writes the long name in place of NAME
const answer = 42

export { answer as 'NAME' }
