/** A call that cannot be carried out as it stands: told in one sentence, exit status 2. */
export class BadCall extends Error {}
