// does: loops for ever while it is loaded
// exercise: endpoints
// status: fail
// crash: every test
// says: busy in a loop
for (;;);
