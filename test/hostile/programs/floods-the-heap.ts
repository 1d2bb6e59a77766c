// does: keeps every object it can make
// exercise: endpoints
// status: fail
// crash: every test
// says: memory|busy in a loop
const kept: number[][] = []
for (;;) kept.push(new Array(1024 * 1024).fill(1.5))
