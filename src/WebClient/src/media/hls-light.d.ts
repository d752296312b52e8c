/** The light build has the full build's shape; only parts that our playlists do not use are left out of it. */
declare module 'hls.js/light' {
  export * from 'hls.js';
  export { default } from 'hls.js';
}
