/** The records are not what they will be, or never may be. */
export class NotYet extends Error {}
