/** Why the server cannot run as things stand. `message` is one line: what is wrong, then the remedy. */
export class StartError extends Error {}
