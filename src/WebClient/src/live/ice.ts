import type { IceServer } from '@/generated/contracts';

export function toRtcServers(servers: IceServer[]): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => ({ urls, username: username ?? undefined, credential: credential ?? undefined }));
}
