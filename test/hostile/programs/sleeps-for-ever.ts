// does: blocks its thread in the kernel while it is loaded
// exercise: endpoints
// status: fail
// crash: every test
// says: never done loading
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
