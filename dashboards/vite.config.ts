import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const backend = process.env['VOLTWIN_BACKEND'] ?? 'http://127.0.0.1:8010';

export default defineConfig({
  plugins: [react()],
  build: {
    // The gateway serves the class path folder `dashboards`.
    outDir: process.env['VOLTWIN_WEB_OUT'] ?? 'target/classes/dashboards',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': backend, '/config.json': backend },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    maxWorkers: 2,
  },
});
