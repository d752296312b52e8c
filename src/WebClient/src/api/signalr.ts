import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { HubWire } from './hub';

/** One connection of the lesson's hub: WebSocket at once, without the negotiation round trip. */
export function connectHub(token: string): HubWire {
  return new HubConnectionBuilder()
    .withUrl('/hubs/classroom', { accessTokenFactory: () => token, skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .configureLogging(LogLevel.None)
    .build() as unknown as HubWire;
}
