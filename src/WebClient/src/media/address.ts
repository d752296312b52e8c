/** Joins a signed base with a name below it; addresses that are complete already stay as they are. */
export function mediaAddress(base: string, name: string): string {
  return /^(https?:)?\//.test(name) ? name : `${base.replace(/\/?$/, '/')}${name}`;
}

/** Moves an address below an expired signed base to its renewal. */
export function rebase(address: string, from: string, to: string): string {
  const at = address.indexOf(from);
  return from !== '' && at >= 0 ? address.slice(0, at) + to + address.slice(at + from.length) : address;
}
