// does: never gives way while it is loaded, though it awaits all the time
// exercise: endpoints
// status: fail
// crash: every test
// says: busy in a loop
for (;;) await null
