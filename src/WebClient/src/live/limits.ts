/** The one line that says why pictures come in less than asked for; the nearest cause first, since that one can be mended. */
export type LimitText = 'limitOwnLine' | 'limitCeiling' | 'limitSenderLine' | 'limitSenderDevice';

export function limitText(reasons: Record<string, string>): LimitText | null {
  const all = new Set(Object.values(reasons));
  if (all.has('OwnLine')) return 'limitOwnLine';
  if (all.has('SchoolCeiling') || all.has('ParticipantCeiling')) return 'limitCeiling';
  if (all.has('SenderLine')) return 'limitSenderLine';
  return all.has('SenderDevice') ? 'limitSenderDevice' : null;
}
