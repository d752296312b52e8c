import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import Components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vitest/config';

// The server that `npm run dev` talks to.
const backend = process.env.CLASSROOM_BACKEND ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [
    vue(),
    // Element Plus is brought in piece by piece, and only by the management chunks.
    Components({
      resolvers: [ElementPlusResolver()],
      include: [/src\/pages\/(manage|recordings|library)\/.*\.vue$/, /src\/pages\/(manage|recordings|library)\/.*\.vue\?vue/],
      dirs: [],
      dts: false,
    }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    proxy: {
      '/api': backend,
      '/media': backend,
      '/whip': backend,
      '/whep': backend,
      '/hubs': { target: backend, ws: true },
    },
  },
  build: {
    outDir: '../Server/wwwroot',
    emptyOutDir: true,
    // Tablets and panels of the last five years.
    target: ['chrome100', 'safari15.4', 'firefox115'],
    manifest: true,
    chunkSizeWarningLimit: 1200,
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
  },
});
