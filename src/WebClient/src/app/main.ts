import { createApp } from 'vue';
import { whenUnauthorized } from '@/api/http';
import { locale, setLocale } from '@/i18n';
import App from './App.vue';
import { router } from './router';
import { forgetSession } from './session';
import '@/design/tokens.css';
import '@/design/base.css';

setLocale(locale.value);

whenUnauthorized(() => {
  forgetSession();
  const current = router.currentRoute.value;
  if (!current.meta.anonymous) void router.push({ name: 'sign-in', query: { next: current.fullPath } });
});

createApp(App).use(router).mount('#app');
